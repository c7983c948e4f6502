/**
 * The images for testing that a data set was published with: for IDX files named as MNIST's are, the
 * files that lie beside those for training («t10k-…», «…-test-…»).
 */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { DataSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import type { Dataset } from "./dataset.ts";
import { findIdxFiles } from "./idx-folder.ts";
import { openIdxDataset } from "./idx-dataset.ts";

/** Null where there are none, or none that can be used. */
export async function openTestImages(source: DataSource): Promise<Dataset | null> {
  if (source.kind !== "idx") return null;
  try {
    const { images } = await findIdxFiles(source.path);
    for (const name of testNames(basename(images))) {
      const path = join(dirname(images), name);
      if ((await stat(path).catch(() => null))?.isFile()) return await openIdxDataset(path);
    }
    return null;
  } catch (thrown) {
    // Without them the images that were kept aside have to do.
    if (thrown instanceof Problem) return null;
    throw thrown;
  }
}

function testNames(name: string): string[] {
  if (!name.includes("train-images")) return [];
  const plain = name.replace(/\.gz$/i, "");
  const names = ["t10k-images", "test-images"].map((test) => plain.replace("train-images", test));
  return names.flatMap((one) => [one, `${one}.gz`]);
}
