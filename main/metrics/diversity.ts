/**
 * How different the images of the fixed grid are from each other: their mean distance in features, over
 * that of real images. 1 is as diverse as the data, 0 is one image over and over (mode collapse; a grid
 * is watched in place of all images since Radford et al. 2016). With the classes of a grid of classes.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { meanEstimate } from "./bootstrap.ts";
import { forEachDistance } from "./pairs.ts";
import { centred, columnMeans, countOf, type Rows } from "./rows.ts";

/** Two rows or more in each set. The interval resamples the grid's images. */
export async function diversity(real: Rows, grid: Rows, seed: number): Promise<Estimate> {
  const means = columnMeans(real);
  const usual = meanOf(await meanDistances(centred(real, means)));
  const ratios = (await meanDistances(centred(grid, means))).map((distance) => distance / usual);
  return meanEstimate(ratios, seed);
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

/** Of each row to all others. */
async function meanDistances(rows: Rows): Promise<Float64Array> {
  const count = countOf(rows);
  const means = new Float64Array(count);
  await forEachDistance(rows, rows, ({ first, rows: blockRows, values }) => {
    for (let row = 0; row < blockRows; row++) {
      let sum = 0;
      for (let j = 0; j < count; j++) {
        // A row's distance to itself is rounding, not zero.
        if (j !== first + row) sum += Math.sqrt(values[row * count + j] as number);
      }
      means[first + row] = sum / (count - 1);
    }
  });
  return means;
}
