/**
 * The files of a feature network that a user names: an ONNX file, or a TensorFlow.js model.json with its
 * weights beside it. What can be wrong with them is told here, but for what only a runtime finds.
 */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { errorCodeOf } from "../../files/file-problem.ts";
import { Problem } from "../../spec/problem.ts";
import type { ExportedFile } from "../format.ts";
import { layersModelOf } from "./layers-model.ts";

/** As large as the files of a network may be together. */
const largest = 2 ** 29;

export const isOnnx = (file: string): boolean => extname(file).toLowerCase() === ".onnx";

/** Throws `export.unreadable` for what is no such file, cannot be read, or lacks its weights. */
export async function featureFiles(file: string): Promise<ExportedFile[]> {
  await requireFeatureFile(file);
  const main = await contentOf(file, largest);
  if (isOnnx(file)) return [main];
  const files = [main];
  let room = largest - main.content.length;
  const names = layersModelOf(main).weightsManifest.flatMap(({ paths }) => paths);
  for (const name of names) {
    const weights = await contentOf(join(dirname(file), name), room);
    room -= weights.content.length;
    files.push(weights);
  }
  return files;
}

/**
 * All that can be told without reading it: for whoever only asks for evaluations to come. Throws
 * `export.unreadable`.
 */
export async function requireFeatureFile(file: string): Promise<void> {
  const ending = extname(file).toLowerCase();
  if (ending !== ".onnx" && ending !== ".json") {
    throw new Problem(
      "export.unreadable",
      `${file} is not opened: features are computed by an .onnx file or a TensorFlow.js layers model (model.json).`,
    );
  }
  await requireReadable(file, largest);
}

async function requireReadable(file: string, most: number): Promise<void> {
  const found = await stat(file).catch((thrown: unknown) => unreadable(file, thrown));
  if (!found.isFile()) {
    throw new Problem(
      "export.unreadable",
      `${file} is no file. Name the .onnx file or the model.json itself.`,
    );
  }
  if (found.size > most) {
    throw new Problem("export.unreadable", `${file} is larger than a network may be here.`);
  }
}

async function contentOf(file: string, most: number): Promise<ExportedFile> {
  await requireReadable(file, most);
  const content = await readFile(file).catch((thrown: unknown) => unreadable(file, thrown));
  return { path: basename(file), content: new Uint8Array(content) };
}

function unreadable(file: string, thrown: unknown): never {
  const code = errorCodeOf(thrown);
  if (code === undefined) throw thrown;
  const why = code === "ENOENT" ? "it does not exist" : `the system answered ${code}`;
  throw new Problem(
    "export.unreadable",
    `${file} cannot be read: ${why}. Name a file on the machine that runs GAN Studio, or none to compare by the data set's own network.`,
    { cause: thrown },
  );
}
