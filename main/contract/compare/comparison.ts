/**
 * Runs side by side: what differs in their settings and networks, and whether their grids may be
 * compared cell by cell. The page, the command line and the exported file all show this one value.
 */
import { alignedLayers, type LayerRow } from "../../spec/compare/architecture.ts";
import { sharedNoise, type SharedNoise } from "../../spec/compare/noise.ts";
import { settingsThatDiffer, type Difference } from "../../spec/compare/settings.ts";
import type { Evaluation } from "../../spec/evaluation.ts";
import { Problem } from "../../spec/problem.ts";
import type { Client } from "../client.ts";
import type { Measurements, RunDetail } from "../runs.ts";
import { scaleOf, type RunScale } from "./position.ts";

export const fewestRuns = 2;
export const mostRuns = 6;

/** Rows of measurements that are asked for: more than a chart has pixels. */
const pointsShown = 2000;

export interface ComparedRun {
  detail: RunDetail;
  measurements: Measurements;
  /** In the order in which they were measured. */
  evaluations: Evaluation[];
  scale: RunScale;
}

export interface Comparison {
  runs: ComparedRun[];
  noise: SharedNoise;
  settings: Difference[];
  generator: LayerRow[];
  discriminator: LayerRow[];
}

/** Of one run or more. */
export function comparisonOf(runs: readonly ComparedRun[]): Comparison {
  const specifications = runs.map(({ detail }) => detail.specification);
  return {
    runs: [...runs],
    noise: sharedNoise(specifications),
    settings: settingsThatDiffer(specifications),
    generator: alignedLayers(specifications.map(({ generator }) => generator)),
    discriminator: alignedLayers(specifications.map(({ discriminator }) => discriminator)),
  };
}

/** Rejects with `run.unknown` where there is no such run. */
export async function fetchCompared(client: Client, id: string): Promise<ComparedRun> {
  const [detail, measurements, { evaluations }] = await Promise.all([
    client.runs.get({ id }),
    client.runs.measurements({ id, points: pointsShown }),
    client.runs.evaluations({ id }),
  ]);
  return { detail, measurements, evaluations, scale: scaleOf(detail) };
}

/** Throws `usage` for fewer or more runs than can be compared, and for one that is named twice. */
export function requireComparable(ids: readonly string[]): void {
  if (ids.length < fewestRuns || ids.length > mostRuns)
    throw new Problem(
      "usage",
      `Two to six runs can be compared; ${ids.length === 1 ? "1 was" : `${ids.length.toString()} were`} named.`,
    );
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined)
    throw new Problem("usage", `The run ${twice} is named twice; name each run once.`);
}
