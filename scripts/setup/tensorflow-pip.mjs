/**
 * A TensorFlow from Python's package index: of the wheel (274 MB) only the two libraries (850 MB) and their C
 * headers are unpacked, straight into the cache, and the wheel is deleted. No Python program ever runs on it.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lastLines, runLimited } from "./command.mjs";
import { findProgram } from "./search-path.mjs";
import { missingForBuild } from "./tensorflow-binding.mjs";
import { recogniseTensorflow } from "./tensorflow-library.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */

const VERSION = "2.21.0";
const DOWNLOAD_SECONDS = 20 * 60;
const UNPACK_SECONDS = 5 * 60;

/** The distribution per platform, and the platform tag that its wheels bear. */
const WHEELS = {
  "linux-x64": { name: "tensorflow-cpu", tag: "manylinux_2_27_x86_64" },
  "linux-arm64": { name: "tensorflow", tag: "manylinux_2_27_aarch64" },
  "darwin-arm64": { name: "tensorflow", tag: "macosx_12_0_arm64" },
};

/** Takes out of a wheel what a C program needs; arguments: the wheel, the folder to unpack into. */
const UNPACK = `
import re, sys, zipfile
wanted = re.compile(
    r"tensorflow/(libtensorflow_(cc|framework)\\.(so\\.2|2\\.dylib)"
    r"|THIRD_PARTY_NOTICES\\.txt"
    r"|include/(tensorflow/(c|core/platform|core/public)|tsl|xla/tsl)/.*\\.h)$")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if wanted.match(name):
            wheel.extract(name, sys.argv[2])
`;

/** @param {string} platform @param {string} arch */
export function wheelFor(platform, arch) {
  const key = `${platform}-${arch}`;
  return key in WHEELS ? WHEELS[/** @type {keyof typeof WHEELS} */ (key)] : null;
}

/**
 * @param {SetupContext} context
 * @returns {Promise<{ library: import("./tensorflow-library.mjs").TensorflowLibrary } | { reason: string }>}
 */
export async function downloadWithPip(context) {
  const { places, platform, arch, environment } = context;
  const wheel = wheelFor(platform, arch);
  if (!wheel) return { reason: `no TensorFlow wheel fits ${platform}-${arch}` };
  // 274 MB are not fetched for a build that cannot succeed.
  const missing = missingForBuild(context);
  if (missing) return { reason: missing };
  const python = findProgram(["python3", "python"], environment);
  if (!python) return { reason: "Python 3 was not found" };
  context.report.note("TensorFlow", `downloading ${wheel.name} with pip (about 270 MB) ...`);
  mkdirSync(places.unfinished, { recursive: true });
  const folder = mkdtempSync(join(places.unfinished, "pip-"));
  try {
    const reason = await fetchWheel(context, python, wheel, folder);
    if (reason) return { reason };
    const file = readdirSync(folder).find((name) => name.endsWith(".whl"));
    if (!file) return { reason: `pip brought no wheel of ${wheel.name}` };
    const unpacked = join(folder, "unpacked");
    const result = await runLimited(python, ["-", join(folder, file), unpacked], {
      input: UNPACK,
      environment,
      seconds: UNPACK_SECONDS,
      adopt: context.adopt,
    });
    if (!result.ok) {
      const full = /No space left/.test(result.output);
      return {
        reason: full
          ? "the disk is full (TensorFlow needs 1.2 GB)"
          : `the wheel could not be unpacked: ${lastLines(result.output, 1)}`,
      };
    }
    // The headers of newer versions no longer say which they are.
    writeFileSync(join(unpacked, "tensorflow", "VERSION"), `${file.split("-")[1]}\n`);
    const found = recogniseTensorflow(join(unpacked, "tensorflow"), platform);
    if (!found) return { reason: `the wheel ${file} holds no TensorFlow library` };
    const final = join(places.libraries, `${wheel.name}-${found.version}-${platform}-${arch}`);
    mkdirSync(dirname(final), { recursive: true });
    rmSync(final, { recursive: true, force: true });
    renameSync(join(unpacked, "tensorflow"), final);
    const library = recogniseTensorflow(final, platform);
    return library ? { library } : { reason: "the unpacked TensorFlow is gone" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {SetupContext} context @param {string} python
 * @param {{ name: string, tag: string }} wheel @param {string} folder
 * @returns {Promise<string | null>} null, or why there is no wheel
 */
async function fetchWheel(context, python, wheel, folder) {
  const common = [
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--only-binary=:all:",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
    "--timeout=15",
    "--retries=2",
    `--dest=${folder}`,
  ];
  // A Python that TensorFlow does not know yet still fetches a wheel for another: only its C libraries are used.
  const other = [
    "--python-version=3.12",
    "--implementation=cp",
    "--abi=cp312",
    `--platform=${wheel.tag}`,
  ];
  let output = "";
  for (const choice of [[], other]) {
    const result = await runLimited(python, [...common, ...choice, `${wheel.name}==${VERSION}`], {
      environment: context.environment,
      seconds: DOWNLOAD_SECONDS,
      adopt: context.adopt,
    });
    if (result.ok) return null;
    if (result.timedOut) return `pip did not finish within ${DOWNLOAD_SECONDS / 60} minutes`;
    output = result.output;
    const reason = explainPipFailure(output);
    if (reason) return reason;
  }
  return `pip found no ${wheel.name} ${VERSION}: ${lastLines(output, 1)}`.slice(0, 240);
}

/**
 * @param {string} output
 * @returns {string | null} null when asking for another wheel may help
 */
export function explainPipFailure(output) {
  if (/No module named '?pip/.test(output)) return "Python has no pip";
  if (
    /NewConnectionError|NameResolutionError|Max retries exceeded|Temporary failure|ConnectTimeout|ReadTimeout/.test(
      output,
    )
  ) {
    return "Python's package index cannot be reached";
  }
  if (/No space left/.test(output)) return "the disk is full (TensorFlow needs 1.2 GB)";
  return null;
}
