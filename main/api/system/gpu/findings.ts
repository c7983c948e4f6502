/**
 * What a machine shows of its graphics processor, as data, and the readers of the texts that tell it.
 * Nothing here starts a program or opens a file, so that machines can be written down in tests.
 */
export interface GpuFindings {
  platform: NodeJS.Platform;
  engine: { name: "tensorflow" | "wasm"; version: string; device: string };
  /** A graphics processor of NVIDIA's on the machine's bus, whatever its driver says; null: not known. */
  hardware: boolean | null;
  /** What `nvidia-smi` said; null where it is missing or fails. */
  driver: NvidiaDriver | null;
  /** File names of the libraries that the loader would find. */
  libraries: ReadonlySet<string>;
  /** Whether TensorFlow's library holds code for CUDA; null where it was not looked into. */
  builtForGpu: boolean | null;
  /** Of the library that was loaded. */
  library: string | null;
  /** `CUDA_VISIBLE_DEVICES`, where it is set. */
  visibleDevices: string | undefined;
}

export interface NvidiaDriver {
  version: string;
  devices: readonly string[];
}

/** Reads `nvidia-smi --query-gpu=driver_version,name --format=csv,noheader`; null for anything else. */
export function readNvidiaSmi(text: string): NvidiaDriver | null {
  const rows = text
    .split("\n")
    .map((line) => /^(\d+(?:\.\d+)+), *(\S.*)$/.exec(line.trim()))
    .filter((row) => row !== null);
  const version = rows[0]?.[1];
  if (version === undefined) return null;
  return { version, devices: rows.map((row) => row[2] ?? "") };
}

/** File names from `ldconfig -p`, whose lines are «name (kind) => path». */
export const readLdconfig = (text: string): string[] =>
  text.split("\n").flatMap((line) => /^\s+(\S+) \(.*\) => \//.exec(line)?.slice(1, 2) ?? []);

/** NVIDIA's number among makers, and the class of displays and of processors without a display. */
export const isNvidiaGraphics = (vendor: string, kind: string): boolean =>
  vendor.trim() === "0x10de" && kind.trim().startsWith("0x03");
