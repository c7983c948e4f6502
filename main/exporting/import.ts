/**
 * Reads a generator or discriminator back from files that may come from anyone: a .safetensors file, or
 * a TensorFlow.js folder. Only numbers and text are read, never code; formats that hold code are refused
 * by their ending and by their first bytes, whatever they are called.
 */
import { lstat, open, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { errorCodeOf } from "../files/file-problem.ts";
import { Problem } from "../spec/problem.ts";
import type { ExportedFile, ReadModel } from "./format.ts";
import { readSafetensors } from "./safetensors/read.ts";
import { readTfjs, weightPaths } from "./import-tfjs.ts";

/** As large as a network can be here, in all its files, with its header. */
const largest = 2 ** 30;

const withCode = [
  ".pt",
  ".pth",
  ".pkl",
  ".pickle",
  ".ckpt",
  ".joblib",
  ".bin",
  ".h5",
  ".npy",
  ".npz",
];

/** Throws `export.unreadable`, or `spec.*` for a specification that is none. */
export async function readModelFiles(path: string): Promise<ReadModel> {
  const file = await modelFileAt(path);
  const ending = extname(file).toLowerCase();
  if (withCode.includes(ending) || (await beginsLikeCode(file))) throw holdsCode(file);
  if (ending === ".safetensors") return readSafetensors(await contentOf(file));
  if (ending === ".json") {
    const description = await contentOf(file);
    const paths = weightPaths(description).map((name) => join(dirname(file), name));
    // Before any is read: the same large file may be named a thousand times.
    await requireFitting(file, paths);
    const weights: ExportedFile[] = [];
    for (const path of paths) weights.push(await contentOf(path));
    return readTfjs(description, weights);
  }
  throw new Problem(
    "export.unreadable",
    `${file} cannot be opened: only .safetensors files and TensorFlow.js models (model.json) that GAN Studio exported can.`,
  );
}

const holdsCode = (file: string): Problem =>
  new Problem(
    "export.unreadable",
    `${file} is not opened: such files can hold code that runs when they are read. Load it where you trust it and save the weights as safetensors (safetensors.torch.save_file); here only exports of GAN Studio open.`,
  );

/** The file itself, or the one model in a folder. */
async function modelFileAt(path: string): Promise<string> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw unreachable(path, thrown);
  });
  if (found.isFile()) return path;
  // Reading a pipe would wait for its writer, and a device may never end.
  if (!found.isDirectory())
    throw new Problem("export.unreadable", `${path} is a device or pipe, not a file.`);
  for (const name of ["model.json", "generator.safetensors", "tfjs/model.json"]) {
    const inside = join(path, ...name.split("/"));
    if (
      await lstat(inside).then(
        (entry) => entry.isFile(),
        () => false,
      )
    )
      return inside;
  }
  throw new Problem(
    "export.unreadable",
    `${path} holds neither a model.json nor a generator.safetensors of an export.`,
  );
}

/** Pickle's protocol byte, ZIP (newer .pt files) and HDF5. */
async function beginsLikeCode(file: string): Promise<boolean> {
  const start = new Uint8Array(8);
  const handle = await open(file, "r").catch((thrown: unknown) => {
    throw unreachable(file, thrown);
  });
  try {
    await handle.read(start, 0, start.length, 0);
  } finally {
    await handle.close();
  }
  const [a, b, c, d] = start;
  const isPickle = a === 0x80 && (b ?? 0) >= 2 && (b ?? 0) <= 5 && start[7] !== 0;
  const isZip = a === 0x50 && b === 0x4b && c === 3 && d === 4;
  const isHdf5 = a === 0x89 && b === 0x48 && c === 0x44;
  return isPickle || isZip || isHdf5;
}

/** `file` is what the person named, `parts` are its files. */
async function requireFitting(file: string, parts: readonly string[]): Promise<void> {
  let bytes = 0;
  for (const part of parts) {
    const found = await stat(part).catch((thrown: unknown) => {
      throw unreachable(part, thrown);
    });
    if (!found.isFile()) throw new Problem("export.unreadable", `${part} is not a file.`);
    bytes += found.size;
  }
  if (bytes <= largest) return;
  throw new Problem("export.unreadable", `${file} is larger than any network that fits here.`);
}

async function contentOf(file: string): Promise<ExportedFile> {
  await requireFitting(file, [file]);
  const content = await readFile(file).catch((thrown: unknown) => {
    throw unreachable(file, thrown);
  });
  return { path: basename(file), content: new Uint8Array(content) };
}

function unreachable(file: string, thrown: unknown): unknown {
  const code = errorCodeOf(thrown);
  if (thrown instanceof Problem || code === undefined) return thrown;
  const why = code === "ENOENT" ? "it does not exist" : `the system answered ${code}`;
  return new Problem("export.unreadable", `${file} cannot be read: ${why}.`, { cause: thrown });
}
