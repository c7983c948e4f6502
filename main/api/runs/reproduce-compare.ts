/** Holds what a reproduction measures and stores against what the run did, step by step. */
import { join } from "node:path";
import type { FirstDifference } from "../../contract/family.ts";
import { measures } from "../../contract/runs.ts";
import { weightsHash } from "../../files/weights-hash.ts";
import { listCheckpoints } from "../../store/checkpoints.ts";
import type { Home } from "../../store/home.ts";
import { runFile } from "../../store/layout.ts";
import { readMeasurementsAt } from "../../store/measurements.ts";
import type { Commit, Measurement } from "../../training/messages.ts";

interface Comparison {
  /** Steps whose measurements, and checkpoints whose weights, were compared. */
  measured: number;
  checkpoints: number;
  difference: FirstDifference | null;
  /** Checkpoints of the run that could not be compared, by step. */
  damaged: number[];
}

export interface Comparer {
  /** Compares what a commit brings; nothing after the first difference. */
  add(commit: Commit): Promise<void>;
  result(): Comparison;
}

/** `folder`: where the reproduction's files lie. */
export function createComparer(home: Home, run: string, folder: string): Comparer {
  const state: Comparison = { measured: 0, checkpoints: 0, difference: null, damaged: [] };
  const kept = new Map(listCheckpoints(home, run).map((row) => [row.step, row]));

  /** False at the first difference. */
  const compareRows = (rows: readonly Measurement[]): boolean => {
    const stored = readMeasurementsAt(
      home,
      run,
      rows.map(({ step }) => step),
    );
    const places = new Map(stored.steps.map((step, index) => [step, index]));
    for (const { step, values } of rows) {
      const index = places.get(step);
      // Measured only now, or only then: sittings begin with a measurement of their own.
      if (index === undefined) continue;
      state.measured++;
      for (const measure of measures) {
        const then = stored.values[measure][index] ?? NaN;
        // NaN is equal to NaN here, and 0 is not −0.
        if (Object.is(then, values[measure])) continue;
        state.difference = { step, measure, then, now: values[measure] };
        return false;
      }
    }
    return true;
  };

  const compareWeights = async ({ step, file }: { step: number; file: string }) => {
    const row = kept.get(step);
    if (!row) return;
    const then = await weightsHash(runFile(home.folder, run, row.file));
    if (then?.file !== row.sha256) {
      state.damaged.push(step);
      return;
    }
    const now = await weightsHash(join(folder, ...file.split("/")));
    state.checkpoints++;
    if (now?.weights !== then.weights)
      state.difference = { step, measure: "checkpoint", then: null, now: null };
  };

  return {
    async add({ measurements, checkpoint }) {
      if (state.difference) return;
      if (compareRows(measurements) && checkpoint) await compareWeights(checkpoint);
    },
    result: () => state,
  };
}
