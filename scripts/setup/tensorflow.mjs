/**
 * Step "TensorFlow": finds one, links it under tfjs-node-gpu and writes down what was found, for the app to read. To
 * have none is a supported state: the portable engine serves, so nothing here ever fails the set-up.
 */
import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { findProgram } from "./search-path.mjs";
import { fileMarks, hashOf, marksHold, readStamp, writeStamp } from "./stamp.mjs";
import { bindingPath, buildBinding, loadBinding, placeBinding } from "./tensorflow-binding.mjs";
import { recogniseTensorflow } from "./tensorflow-library.mjs";
import { downloadOwn } from "./tensorflow-own-download.mjs";
import { downloadWithPip } from "./tensorflow-pip.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */
/** @typedef {import("./tensorflow-library.mjs").TensorflowLibrary} TensorflowLibrary */
/** @typedef {{ library: TensorflowLibrary } | { reason: string }} SourceAnswer */
/** @typedef {{ name: string, provide(context: SetupContext): Promise<SourceAnswer> }} TensorflowSource */

/** After this long a TensorFlow that was not to be had is looked for again. */
const RETRY = 24 * 60 * 60 * 1000;

/** @param {string} wanted the folder that the user named, or "" */
function remedyFor(wanted) {
  const folder = "the tensorflow folder of a Python package, or an unpacked libtensorflow";
  return wanted
    ? `Set GAN_STUDIO_TENSORFLOW to ${folder}, or unset it; then run: node scripts/setup.mjs`
    : "Install Python 3 with pip, make and a C++ compiler and connect to the network, or set " +
        `GAN_STUDIO_TENSORFLOW to ${folder}; then run: node scripts/setup.mjs`;
}

/**
 * Whether nothing is left to do; reads a few file times, loads nothing.
 * @param {SetupContext} context
 */
export function tensorflowIsSettled(context) {
  const wanted = wantedTensorflow(context);
  if (wanted === "none") return true;
  const stamp = readStamp(stampPath(context));
  if (!stamp || !existsSync(recordPath(context))) return false;
  if (stamp.status === "ready") {
    // Without a wish, a TensorFlow that was named earlier and still loads is kept.
    return (wanted === "" || stamp.wanted === wanted) && marksHold(stamp.marks);
  }
  return (
    !context.again &&
    stamp.wanted === wanted &&
    stamp.circumstances === circumstances(context) &&
    Date.now() - stamp.at < RETRY
  );
}

/**
 * The sources in the order in which they are asked.
 * @param {string} wanted "" or the folder that the user named
 * @returns {TensorflowSource[]}
 */
export function sourcesFor(wanted) {
  // A folder that the user names is the only source: another library in its place would be a surprise.
  if (wanted)
    return [{ name: "GAN_STUDIO_TENSORFLOW", provide: (context) => useNamed(context, wanted) }];
  return [
    { name: "cache", provide: useCached },
    { name: "tfjs-node-gpu's own download", provide: downloadOwn },
    { name: "pip", provide: downloadWithPip },
  ];
}

/**
 * @param {SetupContext} context
 * @param {TensorflowSource[]} [sources]
 * @param {{ build: typeof buildBinding, place: typeof placeBinding, load: typeof loadBinding }} [binding]
 * @returns {Promise<string>} what was done
 */
export async function provideTensorflow(
  context,
  sources = sourcesFor(wantedTensorflow(context)),
  binding = { build: buildBinding, place: placeBinding, load: loadBinding },
) {
  const wanted = wantedTensorflow(context);
  if (wanted === "" && existsSync(bindingPath(context))) {
    const loaded = await binding.load(context);
    if ("version" in loaded)
      return noteReady(context, "in place", loaded.version, libraryInPlace(context));
  }
  const reasons = [];
  for (const source of sources) {
    const answer = await attempt(source, context);
    if ("reason" in answer) {
      // An empty cache is the rule, not a reason.
      if (answer.reason) reasons.push(`${source.name}: ${answer.reason}`);
      continue;
    }
    const refusal = await binding.build(context, answer.library);
    if (refusal !== null) {
      reasons.push(`${source.name}: ${refusal}`);
      continue;
    }
    binding.place(context, answer.library);
    const loaded = await binding.load(context);
    if ("version" in loaded) return noteReady(context, source.name, loaded.version, answer.library);
    reasons.push(`${source.name}: ${loaded.reason}`);
  }
  return noteMissing(context, reasons);
}

/** @param {SetupContext} context "" for no wish, "none", or an absolute folder */
function wantedTensorflow(context) {
  const value = (context.environment.GAN_STUDIO_TENSORFLOW ?? "").trim();
  return value === "" || value === "none" ? value : resolve(context.places.root, value);
}

/** @param {TensorflowSource} source @param {SetupContext} context @returns {Promise<SourceAnswer>} */
async function attempt(source, context) {
  try {
    return await source.provide(context);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {SetupContext} context @param {string} folder @returns {Promise<SourceAnswer>} */
async function useNamed(context, folder) {
  const library = recogniseTensorflow(folder, context.platform);
  if (library) return { library };
  return {
    reason: existsSync(folder)
      ? `${folder} holds no TensorFlow library`
      : `${folder} does not exist`,
  };
}

/** @param {SetupContext} context @returns {Promise<SourceAnswer>} */
async function useCached(context) {
  const folder = context.places.libraries;
  const names = existsSync(folder) ? readdirSync(folder).sort().reverse() : [];
  for (const name of names.filter((each) =>
    each.endsWith(`-${context.platform}-${context.arch}`),
  )) {
    const library = recogniseTensorflow(join(folder, name), context.platform);
    if (library) return { library };
  }
  return { reason: "" };
}

/**
 * @param {SetupContext} context @param {string} source @param {string} version
 * @param {TensorflowLibrary | null} library
 */
function noteReady(context, source, version, library) {
  const path = library ? join(library.folder, library.library) : null;
  writeStamp(recordPath(context), {
    status: "ready",
    source,
    version,
    library: path,
    reason: null,
    remedy: null,
  });
  const files = [bindingPath(context)];
  if (library) {
    // As the loader finds it, through the link: a link that points elsewhere must break the stamp.
    for (const name of [library.library, library.framework]) {
      if (name) files.push(join(context.places.tfjs, "deps", "lib", name));
    }
  }
  writeStamp(stampPath(context), {
    status: "ready",
    wanted: wantedTensorflow(context),
    marks: fileMarks(files),
  });
  return `${version} ready (${source})`;
}

/** @param {SetupContext} context @param {string[]} reasons */
function noteMissing(context, reasons) {
  const reason = reasons.join("; ");
  // What does not load must not be found by the app either: it could end the process instead of throwing.
  rmSync(bindingPath(context), { force: true });
  writeStamp(recordPath(context), {
    status: "missing",
    source: null,
    version: null,
    library: null,
    reason,
    remedy: remedyFor(wantedTensorflow(context)),
  });
  writeStamp(stampPath(context), {
    status: "missing",
    wanted: wantedTensorflow(context),
    circumstances: circumstances(context),
    at: Date.now(),
  });
  return "none; the portable WASM engine serves (npm run gan-studio -- doctor says more)";
}

/** @param {SetupContext} context */
function libraryInPlace(context) {
  const found = recogniseTensorflow(join(context.places.tfjs, "deps"), context.platform);
  return found && { ...found, folder: realpathSync(found.folder) };
}

/** What may turn a missing TensorFlow into one that can be had, as far as it is seen without the network. @param {SetupContext} context */
function circumstances({ environment }) {
  return hashOf(
    [["python3", "python"], ["make"], ["g++", "c++", "clang++"]].map(
      (names) => findProgram(names, environment) ?? "none",
    ),
  );
}

/** What the app reads. @param {SetupContext} context */
export function recordPath(context) {
  return join(context.places.stamps, "tensorflow.json");
}

/** @param {SetupContext} context */
function stampPath(context) {
  return join(context.places.stamps, "tensorflow.stamp.json");
}
