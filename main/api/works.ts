/**
 * Keeps what lasts and is under way, with its last progress, until it has ended: a page that was loaded
 * anew goes on where the one before was. Ended works are not kept; what they stored is in the home.
 */
import type { Handlers } from "../contract/commands.ts";
import { lastingCommands, type LastingCommand, type Work } from "../contract/works.ts";
import { Problem } from "../spec/problem.ts";
import type { Announcer } from "./announcer.ts";

export interface Works {
  /** Keeps a command until it is answered; one that does not last is let by. */
  follow: (command: string, payload: unknown, answered: Promise<unknown>) => void;
  readonly handlers: Pick<Handlers, "works.list" | "works.join">;
}

interface Kept extends Work {
  answered: Promise<unknown>;
}

const isLasting = (command: string): command is LastingCommand =>
  Object.hasOwn(lastingCommands, command);

export function createWorks(announcer: Announcer): Works {
  const works = new Map<string, Kept>();
  let begun = 0;

  for (const event of new Set(Object.values(lastingCommands))) {
    if (event === null) continue;
    announcer.subscribe(event, (detail) => {
      for (const work of works.values()) {
        const isTold = lastingCommands[work.command] === event;
        if (isTold && subjectOf(detail) === subjectOf(work.payload)) work.progress = detail;
      }
    });
  }

  return {
    follow(command, payload, answered) {
      if (!isLasting(command)) return;
      const id = (++begun).toString();
      works.set(id, { id, command, payload, progress: null, answered });
      const forget = () => works.delete(id);
      answered.then(forget, forget);
    },
    handlers: {
      "works.list": () => ({
        works: [...works.values()].map(({ id, command, payload, progress }) => ({
          ...{ id, command, payload, progress },
        })),
      }),
      async "works.join"({ id }) {
        const work = works.get(id);
        if (work) return await work.answered;
        throw new Problem("run.state", "This work has ended in the meantime.");
      },
    },
  };
}

/** What a payload or an event is about: a run, a data set's source, a file. */
function subjectOf(words: unknown): unknown {
  if (typeof words !== "object" || words === null) return undefined;
  const { id, source, path } = words as Readonly<Record<string, unknown>>;
  // A data set's source may be told in full.
  if (typeof source === "object") return subjectOf(source) ?? "digits";
  return id ?? source ?? path;
}
