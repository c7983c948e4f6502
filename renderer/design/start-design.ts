/** From a finished design to what trains: a run, a fork of one, or a group of seeds. */
import type { GroupSummary } from "../../main/contract/family.ts";
import type { RunSummary } from "../../main/contract/runs.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import type { Specification } from "../../main/spec/specification.ts";
import type { Studio } from "../shared/studio.ts";
import { isPrepared } from "./document.ts";

/** What a design became. */
export type Started = { run: RunSummary } | { group: GroupSummary };

interface Design {
  specification: Specification;
  /** Empty for the usual one. */
  name: string;
  /** One run for each; none for one run with the specification's own. */
  seeds: number[];
  /** The run whose past is shared, up to the end of an epoch. */
  fork: { run: string; epoch: number } | undefined;
}

/** Pictures are made ready first, where they are not. Rejects with the problem. */
export async function startDesign(
  { client: { datasets, groups, runs } }: Pick<Studio, "client">,
  { specification, name, seeds, fork }: Design,
  known: readonly DatasetInfo[],
): Promise<Started> {
  if (!isPrepared(specification, known)) await datasets.add({ source: specification.data.source });
  const named = name === "" ? {} : { name };
  if (fork)
    return { run: await runs.fork({ id: fork.run, epoch: fork.epoch, specification, ...named }) };
  const asked = { specification, ...named, engine: "auto" } as const;
  return seeds.length > 0
    ? { group: await groups.start({ ...asked, seeds }) }
    : { run: await runs.start(asked) };
}
