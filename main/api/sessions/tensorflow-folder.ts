/**
 * A TensorFlow that the user names, at run time: the binding that came with the program asks the
 * system's loader for its library by name, so a folder that goes before the others in the loader's path
 * is all that a newer one needs. On Linux; elsewhere the loader's path cannot be set for one process.
 */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the binding asks for, as set-up builds it and as it is downloaded ready-made. */
const names = ["libtensorflow_cc.so.2", "libtensorflow.so.2"];

/** The library's file in a folder; null where it holds none. */
export const libraryIn = (folder: string): string | null =>
  names.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null;

/** The folder below (or of) the one that was named which holds the library; null where none does. */
export function libraryFolder(folder: string): string | null {
  const places = [folder, join(folder, "lib"), join(folder, "tensorflow")];
  return places.find((place) => libraryIn(place) !== null) ?? null;
}

/**
 * Where NVIDIA's Python packages keep CUDA and cuDNN: in folders beside TensorFlow's own, which a
 * library that was loaded by another program than Python is not sure to look into.
 */
export function cudaFolders(library: string): string[] {
  const beside = join(dirname(library), "nvidia");
  if (!existsSync(beside)) return [];
  return readdirSync(beside, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(beside, entry.name, "lib"))
    .filter((folder) => existsSync(folder))
    .sort();
}

/** Variables that make a session load the library of `GAN_STUDIO_TENSORFLOW`, where it names one. */
export function loaderEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Record<string, string> {
  const named = (own.GAN_STUDIO_TENSORFLOW ?? "").trim();
  if (platform !== "linux" || !named.startsWith("/")) return {};
  const library = libraryFolder(named);
  if (library === null) return {};
  const path = [library, ...cudaFolders(library), own.LD_LIBRARY_PATH ?? ""];
  return { LD_LIBRARY_PATH: path.filter((part) => part !== "").join(":") };
}
