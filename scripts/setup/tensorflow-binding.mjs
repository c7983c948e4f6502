/**
 * The binding between tfjs-node-gpu and a TensorFlow: built from the package's own source beside the cache (never
 * inside node_modules, where an interrupted build would look like a finished one), kept there, and put in place.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lastLines, runLimited } from "./command.mjs";
import { nodeHeaders } from "./node.mjs";
import { findNodeGyp } from "./npm.mjs";
import { findProgram, withPathFirst } from "./search-path.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */
/** @typedef {import("./tensorflow-library.mjs").TensorflowLibrary} TensorflowLibrary */

const BUILD_SECONDS = 5 * 60;
const LOAD_SECONDS = 60;
/** The newest Node-API version that tfjs-node-gpu names; its loader looks in the folder of that number. */
const NAPI = 8;
const FILE = "tfjs_binding.node";
const loadTest = join(dirname(fileURLToPath(import.meta.url)), "tensorflow-load.mjs");

/** @param {SetupContext} context path of the binding that the package loads */
export function bindingPath(context) {
  return join(context.places.tfjs, "lib", `napi-v${NAPI}`, FILE);
}

/**
 * Where the binding for a library is kept.
 * @param {SetupContext} context @param {TensorflowLibrary} library
 */
function cachedBindingPath(context, library) {
  const tfjs = JSON.parse(readFileSync(join(context.places.tfjs, "package.json"), "utf8")).version;
  const key = `${library.library}-${library.version}-tfjs-${tfjs}-napi${NAPI}-${context.platform}-${context.arch}`;
  return join(context.places.bindings, key, FILE);
}

/**
 * What is missing for a build, found without starting anything.
 * @param {SetupContext} context
 * @returns {string | null} null when all is there
 */
export function missingForBuild({ environment, platform, places }) {
  if (platform === "win32") return "building the binding is not supported on Windows";
  if (!findProgram(["python3", "python"], environment)) return "Python 3 was not found";
  if (!findProgram(["make", "gmake"], environment)) return "make was not found";
  const compiler = (environment.CXX ?? "").split(" ")[0];
  if (!findProgram([...(compiler ? [compiler] : []), "g++", "c++", "clang++"], environment)) {
    return "no C++ compiler was found";
  }
  return findNodeGyp(environment, places.modules)
    ? null
    : "node-gyp was not found (it comes with npm)";
}

/**
 * Builds the binding for a library, unless it is in the cache already.
 * @param {SetupContext} context @param {TensorflowLibrary} library
 * @returns {Promise<string | null>} null, or why there is no binding
 */
export async function buildBinding(context, library) {
  const { places, environment } = context;
  const cached = cachedBindingPath(context, library);
  if (existsSync(cached)) return null;
  if (!library.include)
    return `${library.folder} has no include folder with TensorFlow's C headers`;
  const missing = missingForBuild(context);
  if (missing) return missing;
  const headers = await nodeHeaders(context, context.node);
  if (!headers) return "Node's own headers were not found";
  mkdirSync(places.unfinished, { recursive: true });
  const folder = mkdtempSync(join(places.unfinished, "build-"));
  try {
    for (const name of ["binding", "binding.gyp", "package.json"]) {
      cpSync(join(places.tfjs, name), join(folder, name), { recursive: true });
    }
    linkForBuild(folder, library, context.platform);
    const result = await runLimited(
      context.node,
      [
        /** @type {string} */ (findNodeGyp(environment, places.modules)),
        "rebuild",
        `--nodedir=${headers}`,
        "--",
        "-Dmodule_name=tfjs_binding",
        `-Dmodule_path=${join(folder, "out")}`,
        `-Dnapi_build_version=${NAPI}`,
      ],
      {
        cwd: folder,
        environment: buildEnvironment(context),
        seconds: BUILD_SECONDS,
        adopt: context.adopt,
      },
    );
    const built = join(folder, "out", FILE);
    if (!result.ok || !existsSync(built)) {
      return result.timedOut
        ? `building the binding took longer than ${BUILD_SECONDS / 60} minutes`
        : `building the binding failed: ${firstError(result.output)}`;
    }
    keepBinding(context, library, built);
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Copies a built binding into the cache, whole or not at all.
 * @param {SetupContext} context @param {TensorflowLibrary} library @param {string} built
 */
export function keepBinding(context, library, built) {
  const cached = cachedBindingPath(context, library);
  mkdirSync(dirname(cached), { recursive: true });
  copyFileSync(built, `${cached}.tmp`);
  renameSync(`${cached}.tmp`, cached);
}

/**
 * Puts the library and its binding where tfjs-node-gpu looks for them.
 * @param {SetupContext} context @param {TensorflowLibrary} library
 */
export function placeBinding(context, library) {
  const dependencies = join(context.places.tfjs, "deps");
  mkdirSync(dependencies, { recursive: true });
  const link = join(dependencies, "lib");
  const draft = join(dependencies, "lib.tmp");
  rmSync(draft, { recursive: true, force: true });
  // The folder is linked, not its files: the libraries find others (CUDA's) relative to their own folder.
  symlinkSync(library.folder, draft, context.platform === "win32" ? "junction" : "dir");
  const old = lstatSync(link, { throwIfNoEntry: false });
  if (old && (!old.isSymbolicLink() || context.platform === "win32")) {
    rmSync(link, { recursive: true, force: true });
  }
  renameSync(draft, link);
  const target = bindingPath(context);
  mkdirSync(dirname(target), { recursive: true });
  if (context.platform === "win32")
    placeBeside(join(library.folder, library.library), dirname(target), library.library);
  copyFileSync(cachedBindingPath(context, library), `${target}.tmp`);
  renameSync(`${target}.tmp`, target);
}

/**
 * Loads the binding that is in place and runs an operation, in a child process.
 * @param {SetupContext} context
 * @returns {Promise<{ version: string } | { reason: string }>}
 */
export async function loadBinding(context) {
  const environment = { ...context.environment, TF_CPP_MIN_LOG_LEVEL: "2" };
  const result = await runLimited(context.node, [loadTest, context.places.tfjs], {
    environment,
    seconds: LOAD_SECONDS,
    adopt: context.adopt,
  });
  try {
    const answer = JSON.parse(lastLines(result.stdout, 1));
    if (result.ok && answer.right) return { version: String(answer.version) };
    return { reason: "TensorFlow loads but computes a wrong result" };
  } catch {
    if (result.timedOut)
      return { reason: `TensorFlow did not load within ${LOAD_SECONDS} seconds` };
    return { reason: `TensorFlow does not load: ${firstError(result.output)}` };
  }
}

/**
 * Links the library under the names that the package's build file asks for.
 * @param {string} folder @param {TensorflowLibrary} library @param {string} platform
 */
function linkForBuild(folder, library, platform) {
  const target = join(folder, "deps", "lib");
  mkdirSync(target, { recursive: true });
  symlinkSync(/** @type {string} */ (library.include), join(folder, "deps", "include"));
  /** @param {string} file @param {readonly string[]} names */
  const link = (file, names) => {
    for (const name of new Set([file, ...names]))
      symlinkSync(join(library.folder, file), join(target, name));
  };
  const mac = platform === "darwin";
  link(library.library, [mac ? "libtensorflow.2.dylib" : "libtensorflow.so"]);
  const frameworkName = mac ? "libtensorflow_framework.2.dylib" : "libtensorflow_framework.so";
  // Where all is in one library, the build file still asks for two.
  if (library.framework) link(library.framework, [frameworkName]);
  else symlinkSync(join(library.folder, library.library), join(target, frameworkName));
}

/** @param {SetupContext} context */
export function buildEnvironment(context) {
  /** @type {Record<string, string | undefined>} */
  const environment = {
    ...withPathFirst(context.environment, [dirname(context.node)]),
    // A user's npm may name the headers of another Node here.
    npm_config_nodedir: undefined,
  };
  if (context.platform !== "darwin") return environment;
  // The wheel's library has a name that the package's build file does not rewrite.
  return {
    ...environment,
    LDFLAGS: `${environment.LDFLAGS ?? ""} -Wl,-rpath,@loader_path/../../deps/lib`.trim(),
  };
}

/** @param {string} file @param {string} folder @param {string} name */
function placeBeside(file, folder, name) {
  const target = join(folder, name);
  rmSync(target, { force: true });
  try {
    linkSync(file, target);
  } catch {
    copyFileSync(file, target);
  }
}

/** @param {string} output the most telling line of a failed program */
function firstError(output) {
  const lines = output.split("\n").map((line) => line.trim());
  const telling = lines.find((line) =>
    /\berror\b[: ]|cannot open|not found|undefined symbol|\bERR!/i.test(line),
  );
  return (telling ?? lines.filter(Boolean).at(-1) ?? "it ended without a message").slice(0, 240);
}
