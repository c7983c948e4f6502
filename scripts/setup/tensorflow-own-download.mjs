/**
 * A TensorFlow from tfjs-node-gpu's own install script. It runs in a copy of the package inside the cache: the script
 * empties and fills its folder in place, so an interruption inside node_modules would leave half a library there.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { runLimited } from "./command.mjs";
import { nodeHeaders } from "./node.mjs";
import { findNodeGyp } from "./npm.mjs";
import { hostAnswers } from "./probe.mjs";
import { withPathFirst } from "./search-path.mjs";
import { buildEnvironment, keepBinding } from "./tensorflow-binding.mjs";
import { recogniseTensorflow } from "./tensorflow-library.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */

const PROBE_SECONDS = 5;
const SECONDS = 15 * 60;
const FILE = "tfjs_binding.node";

/**
 * The address that the install script will ask, by its own rules.
 * @param {Record<string, string | undefined>} environment
 */
function downloadHost(environment) {
  return (
    environment.TFJS_NODE_BASE_URI ||
    environment.npm_config_TFJS_NODE_BASE_URI ||
    environment.TFJS_NODE_CDN_STORAGE ||
    environment.npm_config_TFJS_NODE_CDN_STORAGE ||
    environment.CDN_STORAGE ||
    "https://storage.googleapis.com/"
  );
}

/**
 * @param {SetupContext} context
 * @returns {Promise<{ library: import("./tensorflow-library.mjs").TensorflowLibrary } | { reason: string }>}
 */
export async function downloadOwn(context) {
  const { places, platform, arch } = context;
  const host = downloadHost(context.environment);
  if (!(await hostAnswers(host, PROBE_SECONDS, context.environment))) {
    return { reason: `${new URL(host).host} does not answer` };
  }
  context.report.note("TensorFlow", "downloading tfjs-node-gpu's library (about 400 MB) ...");
  mkdirSync(places.unfinished, { recursive: true });
  const folder = mkdtempSync(join(places.unfinished, "own-"));
  try {
    cpSync(realpathSync(places.tfjs), folder, {
      recursive: true,
      filter: (source) =>
        !["deps", "lib", "dist"].some((name) => source === join(realpathSync(places.tfjs), name)),
    });
    const headers = await nodeHeaders(context, context.node);
    const result = await runLimited(
      context.node,
      [join("scripts", "install.js"), "gpu", "download"],
      {
        cwd: folder,
        seconds: SECONDS,
        adopt: context.adopt,
        environment: {
          ...withPathFirst(buildEnvironment(context), [dirname(context.node), places.binaries]),
          // The copy has no node_modules above it.
          NODE_PATH: places.modules,
          npm_config_node_gyp: findNodeGyp(context.environment, places.modules) ?? undefined,
          npm_config_nodedir: headers ?? undefined,
        },
      },
    );
    const built = join(folder, "lib", "napi-v8", FILE);
    const downloaded = recogniseTensorflow(join(folder, "deps"), platform);
    if (!downloaded || !existsSync(built)) {
      const why = result.timedOut ? `took longer than ${SECONDS / 60} minutes` : "failed";
      return { reason: `tfjs-node-gpu's own download ${why}` };
    }
    const final = join(places.libraries, `libtensorflow-${downloaded.version}-${platform}-${arch}`);
    mkdirSync(dirname(final), { recursive: true });
    rmSync(final, { recursive: true, force: true });
    renameSync(join(folder, "deps"), final);
    const library = recogniseTensorflow(final, platform);
    if (!library) return { reason: "tfjs-node-gpu's own download is incomplete" };
    keepBinding(context, library, built);
    return { library };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
