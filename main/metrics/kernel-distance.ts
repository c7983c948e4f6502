/**
 * The kernel distance: the squared maximum mean discrepancy with the kernel k(x, y) = (xᵀy / size + 1)³,
 * unbiased (Bińkowski et al. 2018, «Demystifying MMD GANs», section 4.1; Gretton et al. 2012, lemma 6).
 * On our features, so no «KID» of the literature. Unbiased, hence near 0, also below, for equal
 * distributions. Over whole sets, where the paper averages over subsets of 1,000.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { meanEstimate } from "./bootstrap.ts";
import { forEachProduct } from "./pairs.ts";
import { countOf, type Rows } from "./rows.ts";

/** For each row of `a` the sum of its kernel with all rows of `b`; without its own where `same`. */
async function kernelSums(a: Rows, b: Rows, same: boolean): Promise<Float64Array> {
  const columns = countOf(b);
  const sums = new Float64Array(countOf(a));
  await forEachProduct(a, b, ({ first, rows, values }) => {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      const at = row * columns;
      for (let j = 0; j < columns; j++) {
        const base = (values[at + j] as number) / a.size + 1;
        sum += base * base * base;
      }
      if (same) sum -= ((values[at + first + row] as number) / a.size + 1) ** 3;
      sums[first + row] = sum;
    }
  });
  return sums;
}

const mean = (values: Float64Array): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * Two rows or more in each set. The interval resamples each generated image's part in the value, its
 * first-order term (Hoeffding 1948), with the real images as they are.
 */
export async function kernelDistance(real: Rows, generated: Rows, seed: number): Promise<Estimate> {
  const [n, m] = [countOf(real), countOf(generated)];
  const amongReal = mean(await kernelSums(real, real, true)) / (n - 1);
  const amongGenerated = (await kernelSums(generated, generated, true)).map((sum) => sum / (m - 1));
  const across = (await kernelSums(generated, real, false)).map((sum) => sum / n);
  const value = amongReal + mean(amongGenerated) - 2 * mean(across);
  // A row's change moves the mean over pairs of generated rows twice: once for each place in a pair.
  const terms = amongGenerated.map((own, i) => 2 * (own - (across[i] as number)));
  const { value: centre, low, high } = meanEstimate(terms, seed);
  return { value, low: value + low - centre, high: value + high - centre };
}
