/**
 * Sessions that answer questions about a trained generator: one process for each run and checkpoint,
 * which keeps its networks in memory from one question to the next. One that nobody asks goes after a
 * while; one that dies rejects what it was asked, and the next question starts it anew.
 */
import { Problem } from "../../spec/problem.ts";
import type {
  Answers,
  ExploreJob,
  ExploreReport,
  ExploreRequest,
  Question,
} from "../../training/explore-messages.ts";
import { closingProblem } from "../closing.ts";
import { deathProblem } from "../sessions/death.ts";
import { sayGoodbye } from "../sessions/farewell.ts";
import type { SessionHost } from "../sessions/host.ts";

type Searching = Extract<ExploreReport, { kind: "searching" }>;

export interface Place {
  run: string;
  /** Of the checkpoint. */
  step: number;
}

export interface Explorations {
  /**
   * The answer to a question about a checkpoint. `find` is asked for the job when no process has it
   * loaded. Rejects with the question's problem, or why the process died.
   */
  ask<Kind extends Question["kind"]>(
    place: Place,
    find: () => Promise<ExploreJob>,
    question: Extract<Question, { kind: Kind }>,
    onProgress?: (progress: Searching) => void,
  ): Promise<Answers[Kind]>;
  /** Ends the searches of a run: they answer with the best until then. False where there is none. */
  callOff(run: string): boolean;
  /** Ends the processes of a run; false where there were none. */
  close(run: string): boolean;
  /** Ends all. */
  end(): void;
}

interface Pending {
  question: Question;
  resolve: (answer: Answers[keyof Answers]) => void;
  reject: (problem: unknown) => void;
  onProgress: (progress: Searching) => void;
}

interface Exploration {
  run: string;
  pending: Map<number, Pending>;
  /** When it was last asked; larger is later, 0 not yet. */
  asked: number;
  send(request: ExploreRequest): void;
  leave(): void;
  kill(): void;
}

/** Milliseconds after which a process that nobody asks goes. */
const idleTime = 5 * 60_000;
/** Processes that stay; each holds an engine and the networks in memory. */
const mostOpen = 2;

export function createExplorations(host: SessionHost, idle = idleTime): Explorations {
  const open = new Map<string, Exploration>();
  const starting = new Map<string, Promise<Exploration>>();
  let numbers = 0;
  let ended = false;

  function begin(key: string, run: string, job: ExploreJob): Exploration {
    // The api closed while the checkpoint was looked for.
    if (ended) throw closingProblem();
    const process = host.start();
    const pending: Exploration["pending"] = new Map();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => {
      clearTimeout(timer);
      if (open.get(key) === exploration) open.delete(key);
    };
    const fail = (problem: Problem) => {
      forget();
      for (const { reject } of pending.values()) reject(problem);
      pending.clear();
    };
    const exploration: Exploration = {
      ...{ run, pending, asked: 0 },
      send(request) {
        clearTimeout(timer);
        process.send({ type: "explore", request });
      },
      leave() {
        forget();
        sayGoodbye(process);
      },
      kill() {
        process.kill();
      },
    };
    const receive = (report: ExploreReport) => {
      const asked = pending.get(report.number);
      if (!asked) return;
      if (report.kind === "searching") {
        asked.onProgress(report);
        return;
      }
      pending.delete(report.number);
      if (report.kind === "answered") asked.resolve(report.answer);
      else asked.reject(new Problem(report.problem.code, report.problem.message));
      if (pending.size === 0)
        timer = setTimeout(() => {
          exploration.leave();
        }, idle).unref();
    };
    process.onMessage((message) => {
      if (message.type === "explored") receive(message.report);
      if (message.type !== "problem") return;
      fail(new Problem(message.problem.code, message.problem.message));
      sayGoodbye(process);
    });
    process.onExit((exit) => {
      const { code, message } = deathProblem(exit);
      fail(new Problem(code, `${message} Ask again: it is started anew.`));
    });
    makeRoom();
    open.set(key, exploration);
    process.send({ type: "start", job });
    return exploration;
  }

  /** Ends those that were not asked for longest; never one that is still answering, or just begun. */
  function makeRoom(): void {
    const resting = [...open.values()]
      .filter(({ pending, asked }) => pending.size === 0 && asked > 0)
      .sort((a, b) => a.asked - b.asked);
    for (const exploration of resting.slice(0, Math.max(0, open.size - mostOpen + 1))) {
      exploration.leave();
    }
  }

  function exploring(place: Place, find: () => Promise<ExploreJob>): Promise<Exploration> {
    const key = `${place.run}@${place.step}`;
    const known = open.get(key);
    if (known) return Promise.resolve(known);
    const under = starting.get(key);
    if (under) return under;
    const begun = find().then((job) => begin(key, place.run, job));
    starting.set(key, begun);
    const done = () => starting.delete(key);
    begun.then(done, done);
    return begun;
  }

  const ofRun = (run: string) => [...open.values()].filter((one) => one.run === run);

  return {
    async ask(place, find, question, onProgress = () => undefined) {
      const exploration = await exploring(place, find);
      const number = ++numbers;
      exploration.asked = number;
      return new Promise((resolve, reject) => {
        const settle = resolve as Pending["resolve"];
        exploration.pending.set(number, { question, resolve: settle, reject, onProgress });
        exploration.send({ kind: "ask", number, question });
      });
    },

    callOff(run) {
      const searches = ofRun(run).flatMap((one) =>
        [...one.pending].flatMap(([number, { question }]) =>
          question.kind === "search" ? [{ one, number }] : [],
        ),
      );
      for (const { one, number } of searches) one.send({ kind: "callOff", number });
      return searches.length > 0;
    },

    close(run) {
      const all = ofRun(run);
      for (const exploration of all) exploration.leave();
      return all.length > 0;
    },

    end() {
      ended = true;
      for (const exploration of open.values()) exploration.kill();
    },
  };
}
