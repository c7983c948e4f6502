/**
 * Looks for what `explain.ts` judges: asks `nvidia-smi` and `ldconfig`, reads the bus's own files, and
 * searches TensorFlow's library for calls into CUDA. What cannot be asked counts as not found; nothing
 * here fails.
 */
import { execFile } from "node:child_process";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cudaFolders } from "../../sessions/tensorflow-folder.ts";
import { isNvidiaGraphics, readLdconfig, readNvidiaSmi, type GpuFindings } from "./findings.ts";

const execute = promisify(execFile);

/** A driver that hangs must not keep Settings waiting. */
const patience = 5000;

export interface Looked {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  engine: GpuFindings["engine"];
  /** Path of TensorFlow's library. */
  library: string | null;
}

export async function lookForGpu({
  platform,
  environment,
  engine,
  library,
}: Looked): Promise<GpuFindings> {
  const query = ["--query-gpu=driver_version,name", "--format=csv,noheader"];
  const driver = readNvidiaSmi(await printed("nvidia-smi", query));
  const isUsed = engine.device === "GPU";
  const folder = library === null ? null : dirname(library);
  const inTheWay = [
    ...(environment.LD_LIBRARY_PATH ?? "").split(":").filter((path) => path !== ""),
    ...(folder === null ? [] : [folder, ...cudaFolders(folder)]),
  ];
  const listed = driver && platform === "linux" ? await printed(ldconfig(), ["-p"]) : "";
  return {
    ...{ platform, engine, driver, library },
    hardware: platform === "linux" ? hasNvidiaGraphics("/sys/bus/pci/devices") : null,
    libraries: new Set([...readLdconfig(listed), ...inTheWay.flatMap(namesIn)]),
    // Most of a gigabyte is read: only where the answer is of use.
    builtForGpu: isUsed ? true : driver && library ? await callsCuda(library) : null,
    visibleDevices: environment.CUDA_VISIBLE_DEVICES,
  };
}

async function printed(program: string, words: string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, words, { timeout: patience, maxBuffer: 2 ** 24 });
    return stdout;
  } catch {
    return "";
  }
}

/** Not on every user's path. */
const ldconfig = (): string =>
  ["/sbin/ldconfig", "/usr/sbin/ldconfig"].find((path) => existsSync(path)) ?? "ldconfig";

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `devices`: a folder with one folder a device, as Linux shows its PCI bus. */
export function hasNvidiaGraphics(devices: string): boolean | null {
  if (!existsSync(devices)) return null;
  return namesIn(devices).some((name) => {
    try {
      const read = (file: string) => readFileSync(join(devices, name, file), "utf8");
      return isNvidiaGraphics(read("vendor"), read("class"));
    } catch {
      return false;
    }
  });
}

/** The first call that a build for GPUs makes; a build for processors alone holds it nowhere. */
const mark = Buffer.from("cudaGetDeviceCount");

/** Whether the library, or the one beside it that it is built on, calls CUDA; null where none can be read. */
export async function callsCuda(library: string): Promise<boolean | null> {
  const beside = namesIn(dirname(library))
    .filter((name) => /^libtensorflow_framework\.(?:so|2\.dylib|dylib)/.test(name))
    .map((name) => join(dirname(library), name));
  // The smaller one first: the answer is in it as a rule.
  for (const path of [...beside, library]) {
    const answer = await holds(path);
    if (answer !== false) return answer;
  }
  return false;
}

async function holds(path: string): Promise<boolean | null> {
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 22 })) {
      const text = Buffer.concat([rest, chunk as Buffer]);
      if (text.includes(mark)) return true;
      rest = text.subarray(-mark.length);
    }
    return false;
  } catch {
    return null;
  }
}
