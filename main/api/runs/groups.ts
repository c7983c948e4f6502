/**
 * Groups of seeds: one specification, several seeds, one run after the other. What waits is known to
 * this process alone; what was trained stays, whatever becomes of the rest.
 */
import type { GroupSummary } from "../../contract/family.ts";
import type { Handlers, Payload } from "../../contract/commands.ts";
import { Problem, reportOf } from "../../spec/problem.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { readMeasurements } from "../../store/measurements.ts";
import { listSamples } from "../../store/samples.ts";
import {
  deleteGroup,
  endGroup,
  endOpenGroups,
  getGroup,
  insertGroup,
  listGroups,
  listMembers,
  type GroupRow,
} from "../../store/seed-groups.ts";
import type { ApiContext } from "../context.ts";
import { startRun, titleOf, type Start } from "./begin.ts";
import { datedId } from "./ids.ts";
import { epochSpreads, spreadCurves, type Member } from "./group-figures.ts";

type Groups = Pick<
  Handlers,
  "groups.start" | "groups.list" | "groups.get" | "groups.measurements" | "groups.cancel"
>;

interface Queue {
  waiting: number[];
  /** The run that trains. */
  run: string | null;
  /** Aborted when no further seed is to be trained. */
  cancelled: AbortController;
}

/** Steps of a curve where none are asked for. */
const usualPoints = 2000;

export function groupHandlers(context: ApiContext): Groups {
  const { home, live, announcer, now, closing } = context;
  const queues = new Map<string, Queue>();
  endOpenGroups(home, "GAN Studio ended before all seeds were trained.");

  const summaryOf = ({ ending, ...group }: GroupRow): GroupSummary => ({
    ...group,
    ending: ending === "" ? null : ending,
    waiting: [...(queues.get(group.id)?.waiting ?? [])],
    runs: listMembers(home, group.id),
  });
  const tell = (id: string) => {
    announcer.announce("group.changed", summaryOf(getGroup(home, id)));
  };
  const end = (id: string, ending: string) => {
    queues.delete(id);
    endGroup(home, id, ending);
    tell(id);
  };

  /** Starts the next seed; the ones after it follow when it is over. */
  const next = async (id: string, start: Omit<Start, "group">): Promise<void> => {
    const queue = queues.get(id);
    const seed = queue?.waiting[0];
    if (queue === undefined || seed === undefined) return;
    const specification = { ...start.specification, seed };
    const ending = `, seed ${seed.toString()}`;
    // Together no longer than a run's name may be.
    const name = `${(start.name ?? "").slice(0, 200 - ending.length)}${ending}`;
    const wanted = { ...start, specification, name, group: id };
    const run = await startRun(
      context,
      wanted,
      AbortSignal.any([queue.cancelled.signal, closing.signal]),
    );
    queue.waiting.shift();
    queue.run = run.id;
    tell(id);
    void followed(id, run.id, start);
  };

  const followed = async (id: string, run: string, start: Omit<Start, "group">): Promise<void> => {
    await live.get(run)?.over;
    /** Cancelled, or the data folder is about to be closed. */
    const isOver = () => !queues.has(id) || closing.signal.aborted;
    if (isOver()) return;
    try {
      if (queues.get(id)?.waiting.length === 0) end(id, "");
      else await next(id, start);
    } catch (thrown) {
      if (isOver()) return;
      try {
        end(id, reportOf(thrown).message);
      } catch (unstored) {
        console.error(reportOf(unstored).message);
      }
    }
  };

  const membersOf = (id: string): Member[] =>
    listMembers(home, id).map((run) => ({
      measured: readMeasurements(home, run.id),
      epochEnds: listSamples(home, run.id)
        .filter(({ closesEpoch }) => closesEpoch)
        .map(({ step }) => step),
    }));

  return {
    async "groups.start"({ seeds, name: given, ...rest }) {
      const specification = parseSpecification(rest.specification);
      requireDistinct(seeds);
      const name = given ?? titleOf(specification);
      const id = datedId("group", new Date(now()));
      const { engine, eager = false } = rest;
      insertGroup(home, { id, name, seeds, createdAt: now() });
      queues.set(id, { waiting: [...seeds], run: null, cancelled: new AbortController() });
      try {
        await next(id, { specification, name, engine, eager });
      } catch (thrown) {
        queues.delete(id);
        deleteGroup(home, id);
        throw thrown;
      }
      return summaryOf(getGroup(home, id));
    },

    "groups.list": () => ({ groups: listGroups(home).map(summaryOf) }),

    "groups.get": ({ id }) => {
      const group = summaryOf(getGroup(home, id));
      return { group, epochs: epochSpreads(membersOf(id)) };
    },

    "groups.measurements"({ id, points = usualPoints }) {
      getGroup(home, id);
      return spreadCurves(membersOf(id), points);
    },

    async "groups.cancel"({ id }) {
      const group = getGroup(home, id);
      const queue = queues.get(id);
      if (!queue) throw new Problem("run.state", `The group ${id} is not being trained.`);
      queue.cancelled.abort(new Problem("run.state", `The group ${id} was cancelled.`));
      const session = live.get(queue.run ?? "");
      const done = group.seeds.length - queue.waiting.length - (session ? 1 : 0);
      end(id, `Cancelled after ${done.toString()} of ${group.seeds.length.toString()} seeds.`);
      session?.send({ type: "stop" });
      await session?.over;
      return summaryOf(getGroup(home, id));
    },
  };
}

function requireDistinct(seeds: Payload<"groups.start">["seeds"]): void {
  const twice = seeds.find((seed, place) => seeds.indexOf(seed) !== place);
  if (twice === undefined) return;
  throw new Problem(
    "usage",
    `The seed ${twice.toString()} is given twice; both runs would be the same. Give each seed once.`,
  );
}
