/**
 * Finds what lasts and was asked for before this page was loaded, or by another one, and waits for its
 * answer. Nothing is begun by it; where nothing is under way, or nobody knows, there is null.
 */
import type { Payload, Result } from "../../main/contract/commands.ts";
import type { Events } from "../../main/contract/events.ts";
import type { LastingCommand, lastingCommands } from "../../main/contract/works.ts";
import type { Studio } from "./studio.ts";

type EventOf<Name extends LastingCommand> = (typeof lastingCommands)[Name];

export interface JoinedWork<Name extends LastingCommand> {
  payload: Payload<Name>;
  /** How far it was when it was found; null where that is not known. */
  progress: EventOf<Name> extends keyof Events ? Events[EventOf<Name>] | null : null;
  /** Waits for it: settles as the work does. */
  join: () => Promise<Result<Name>>;
}

/** What is under way of one kind, oldest first; empty where nobody knows. */
export async function worksOf<Name extends LastingCommand>(
  { client }: Pick<Studio, "client">,
  command: Name,
): Promise<(Pick<JoinedWork<Name>, "payload" | "progress"> & { id: string })[]> {
  const works = await client.works.list({}).then(
    (answer) => answer.works,
    () => [],
  );
  return works
    .filter((work) => work.command === command)
    .map(({ id, payload, progress }) => ({
      id,
      // The program tells of payloads that it has read itself: they have their command's shape.
      payload: payload as Payload<Name>,
      progress: progress as JoinedWork<Name>["progress"],
    }));
}

/** The oldest that fits. */
export async function findWork<Name extends LastingCommand>(
  studio: Pick<Studio, "client">,
  command: Name,
  fits: (payload: Payload<Name>) => boolean = () => true,
): Promise<JoinedWork<Name> | null> {
  const work = (await worksOf(studio, command)).find(({ payload }) => fits(payload));
  if (!work) return null;
  const join = () => studio.client.works.join({ id: work.id }) as Promise<Result<Name>>;
  return { payload: work.payload, progress: work.progress, join };
}
