/**
 * How two sets of features lie in each other, each set seen as balls around its rows that reach to the
 * k-th nearest other row:
 * - improved precision and recall (Kynkäänniemi et al. 2019, «Improved precision and recall metric for
 *   assessing generative models», k = 3): the share of generated images inside the real set, and of
 *   real images inside the generated one;
 * - density and coverage (Naeem et al. 2020, «Reliable fidelity and diversity metrics for generative
 *   models», k = 5): how many real balls a generated image lies in, on average, over k; and the share of
 *   real balls with a generated image inside. Density may be above 1.
 * One pass over all pairs for the four of them. Intervals resample the images that a value is a mean
 * over (generated for precision and density, real for recall and coverage) with the balls as they are.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { meanEstimate } from "./bootstrap.ts";
import { radiiOf } from "./neighbours.ts";
import { forEachDistance } from "./pairs.ts";
import { centred, columnMeans, countOf, type Rows } from "./rows.ts";

const precisionNeighbour = 3;
const densityNeighbour = 5;

export interface ManifoldMetrics {
  precision: Estimate;
  recall: Estimate;
  density: Estimate;
  coverage: Estimate;
}

/** More rows than neighbours in each set. */
export async function manifoldMetrics(
  realRows: Rows,
  generatedRows: Rows,
  seed: number,
): Promise<ManifoldMetrics> {
  const means = columnMeans(realRows);
  const [real, generated] = [centred(realRows, means), centred(generatedRows, means)];
  const [near, far] = await radiiOf(real, [precisionNeighbour, densityNeighbour]);
  const [own] = await radiiOf(generated, [precisionNeighbour]);
  const realNear = near as Float64Array;
  const realFar = far as Float64Array;
  const generatedNear = own as Float64Array;
  const columns = countOf(real);
  const precise = new Uint8Array(countOf(generated));
  const dense = new Float64Array(countOf(generated));
  const recalled = new Uint8Array(columns);
  const covered = new Uint8Array(columns);
  await forEachDistance(generated, real, ({ first, rows, values }) => {
    for (let row = 0; row < rows; row++) {
      const radius = generatedNear[first + row] as number;
      let inside = 0;
      let isPrecise = 0;
      for (let j = 0, at = row * columns; j < columns; j++, at++) {
        const distance = values[at] as number;
        if (distance <= radius) recalled[j] = 1;
        if (distance > (realFar[j] as number)) continue;
        inside++;
        covered[j] = 1;
        if (distance <= (realNear[j] as number)) isPrecise = 1;
      }
      precise[first + row] = isPrecise;
      dense[first + row] = inside / densityNeighbour;
    }
  });
  return {
    precision: meanEstimate(precise, seed),
    recall: meanEstimate(recalled, seed),
    density: meanEstimate(dense, seed),
    coverage: meanEstimate(covered, seed),
  };
}
