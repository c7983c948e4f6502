/**
 * Milliseconds of one full training step of each preset: GAN Studio's compiled step against eager
 * PyTorch, in turn, in one run. See README.md in this folder.
 *
 *   node test/bench/against-pytorch.ts [--presets a,b] [--rounds N] [--steps N] [--python PATH]
 *
 * Ends with 0 when everything asked for was measured, whatever the figures are; with 1 when not, also
 * where there is no Python with PyTorch, so that a script that wants the figures notices.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { table } from "../../main/cli/table.ts";
import { presetOf, presets, type Preset } from "../../main/spec/presets.ts";
import { Problem } from "../../main/spec/problem.ts";
import { builtOf } from "./built.ts";
import { startProgram, type SteppingProgram } from "./stepping-program.ts";

/** glibc kept from returning memory to the kernel between steps. */
const keepMemory = {
  MALLOC_MMAP_THRESHOLD_: "4294967296",
  MALLOC_TRIM_THRESHOLD_: "4294967296",
};
const columns = ["ours", "PyTorch", "tuned"] as const;
type Column = (typeof columns)[number];
type Times = Record<Column, number[]>;

interface Measured {
  /** Medians of all steps. */
  medians: Record<Column, number>;
  /** Tuned PyTorch's median over ours, round by round, least first. */
  ratios: number[];
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  return (lower + upper) / 2;
}

const eachColumn = <T>(of: (column: Column) => T): Record<Column, T> => ({
  ours: of("ours"),
  PyTorch: of("PyTorch"),
  tuned: of("tuned"),
});

async function measure(
  programs: Record<Column, SteppingProgram>,
  rounds: number,
  steps: number,
): Promise<Measured> {
  const all: Times = eachColumn(() => []);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const own: Times = eachColumn(() => []);
    // Every other round backwards: nobody always follows the same neighbour.
    for (const column of round % 2 === 0 ? columns : columns.toReversed()) {
      own[column] = await programs[column].steps(steps);
      all[column].push(...own[column]);
    }
    ratios.push(medianOf(own.tuned) / medianOf(own.ours));
  }
  return {
    medians: eachColumn((column) => medianOf(all[column])),
    ratios: ratios.toSorted((a, b) => a - b),
  };
}

async function compare(
  { specification }: Preset,
  python: string,
  rounds: number,
  steps: number,
  note: (text: string) => void,
): Promise<Measured> {
  const pytorch = [python, join(import.meta.dirname, "pytorch/steps.py")] as const;
  const quiet = { PYTHONDONTWRITEBYTECODE: "1" };
  const programs = {
    ours: startProgram([process.execPath, join(import.meta.dirname, "our-steps.ts")]),
    PyTorch: startProgram(pytorch, quiet),
    tuned: startProgram(pytorch, { ...quiet, ...keepMemory }),
  };
  try {
    const built = builtOf(specification);
    for (const column of columns) {
      note(`  ${column}: ${await programs[column].prepare(built)}`);
    }
    return await measure(programs, rounds, steps);
  } finally {
    await Promise.all(Object.values(programs).map((program) => program.stop()));
  }
}

function pythonWithTorch(asked: string | undefined): string {
  const candidates = asked === undefined ? ["python3", "python"] : [asked];
  const found = candidates.find(
    (candidate) => spawnSync(candidate, ["-c", "import torch"]).status === 0,
  );
  if (found !== undefined) return found;
  throw new Problem(
    "usage",
    `PyTorch was not found in ${candidates.join(" or ")}: install it with «${candidates[0] ?? ""} -m pip install torch», or name another Python with --python PATH.`,
  );
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 10_000) return value;
  throw new Problem("usage", `--${name} wants a whole number from 1 to 10000, not «${text}».`);
}

const milliseconds = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

const row = (id: string, { medians, ratios }: Measured): string[] => [
  id,
  ...columns.map((column) => milliseconds(medians[column])),
  (medians.tuned / medians.ours).toFixed(2),
  `${(ratios[0] ?? NaN).toFixed(2)}–${(ratios.at(-1) ?? NaN).toFixed(2)}`,
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      presets: { type: "string", default: presets.map(({ id }) => id).join() },
      rounds: { type: "string", default: "5" },
      steps: { type: "string", default: "10" },
      python: { type: "string" },
    },
  });
  const chosen = values.presets.split(",").map(presetOf);
  const rounds = count("rounds", values.rounds);
  const steps = count("steps", values.steps);
  const python = pythonWithTorch(values.python);
  // Notes are no part of the table, which may go to a file.
  const note = (text: string) => process.stderr.write(`${text}\n`);
  const [load = 0] = loadavg();
  if (load > 0.5) {
    // OpenMP's threads wait for each other at every operation: a core that is taken stops them all.
    note(
      `Something else computes here (load ${load.toFixed(1)} on ${availableParallelism()} cores). The figures will be wrong, PyTorch's most.`,
    );
  }
  const rows: string[][] = [];
  for (const preset of chosen) {
    note(preset.id);
    const measured = await compare(preset, python, rounds, steps, note);
    rows.push(row(preset.id, measured));
    note(`  ${row(preset.id, measured).slice(1).join("  ")}`);
  }
  const titles = [
    "ours, compiled",
    "PyTorch, eager",
    "PyTorch, tuned",
    "tuned / ours",
    "by rounds",
  ];
  const numeric = titles.map((title) => ({ title, numeric: true }));
  process.stdout.write(table([{ title: "preset, ms a step" }, ...numeric], rows));
}

try {
  await main();
} catch (thrown) {
  const expected =
    thrown instanceof Problem || (thrown as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  if (!expected && !(thrown instanceof Error)) throw thrown;
  process.stderr.write(`${(thrown as Error).message}\n`);
  process.exitCode = 1;
}
