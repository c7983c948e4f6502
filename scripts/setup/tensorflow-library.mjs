/**
 * Recognises a TensorFlow in a folder: the `tensorflow` folder of a Python wheel, or an unpacked libtensorflow.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { hashOf } from "./stamp.mjs";

/**
 * @typedef {object} TensorflowLibrary
 * @property {string} folder holds the libraries themselves
 * @property {string} library file name of the one with the C interface
 * @property {string | null} framework file name of the one that it needs; null where all is in one file
 * @property {string | null} include folder of the C headers; null when there are none
 * @property {string} version "2.21.0", or "unknown-" and a fingerprint of the file
 */

/** The names that TensorFlow's C interface goes by: in wheels it is part of libtensorflow_cc. */
const NAMES = {
  linux: {
    libraries: ["libtensorflow_cc.so.2", "libtensorflow.so.2", "libtensorflow.so"],
    frameworks: ["libtensorflow_framework.so.2", "libtensorflow_framework.so"],
  },
  darwin: {
    libraries: ["libtensorflow_cc.2.dylib", "libtensorflow.2.dylib", "libtensorflow.dylib"],
    frameworks: ["libtensorflow_framework.2.dylib", "libtensorflow_framework.dylib"],
  },
  win32: { libraries: ["tensorflow.dll"], frameworks: [] },
};

/**
 * @param {string} folder
 * @param {string} platform as in `process.platform`
 * @returns {TensorflowLibrary | null} null when it holds none for this platform
 */
export function recogniseTensorflow(folder, platform) {
  const names =
    platform === "linux" || platform === "darwin" || platform === "win32" ? NAMES[platform] : null;
  if (!names) return null;
  for (const libraries of [folder, join(folder, "lib")]) {
    const library = names.libraries.find((name) => existsSync(join(libraries, name)));
    if (!library) continue;
    const framework = names.frameworks.find((name) => existsSync(join(libraries, name))) ?? null;
    const include = join(folder, "include");
    const hasHeaders = existsSync(join(include, "tensorflow", "c", "c_api.h"));
    return {
      folder: libraries,
      library,
      framework,
      include: hasHeaders ? include : null,
      version: versionIn(folder, include) ?? fingerprint(join(libraries, library)),
    };
  }
  return null;
}

/** @param {string} folder @param {string} include */
function versionIn(folder, include) {
  const note = join(folder, "VERSION");
  if (existsSync(note)) return readFileSync(note, "utf8").trim();
  // Up to 2.19 the headers say it; a Python package says it in the name of the folder beside it.
  const header = join(include, "tensorflow", "core", "public", "version.h");
  const text = existsSync(header) ? readFileSync(header, "utf8") : "";
  const parts = ["MAJOR", "MINOR", "PATCH"].map(
    (part) => new RegExp(`#define\\s+TF_${part}_VERSION\\s+(\\d+)`).exec(text)?.[1],
  );
  if (parts.every((part) => part !== undefined)) return parts.join(".");
  const beside = readdirSync(dirname(folder)).map(
    (name) => /^tensorflow\w*-(\d[\w.]*)\.dist-info$/.exec(name)?.[1],
  );
  return beside.find((version) => version !== undefined) ?? null;
}

/** @param {string} file */
function fingerprint(file) {
  const { size, mtimeMs } = statSync(file);
  return `unknown-${hashOf([String(size), String(mtimeMs)]).slice(0, 8)}`;
}
