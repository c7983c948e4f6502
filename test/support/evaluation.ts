/** An evaluation as it might be, for tests. */
import type { Evaluation } from "../../main/spec/evaluation.ts";

export const evaluationExample = (
  epoch: number,
  frechetDistance: number,
  changes: Partial<Evaluation> = {},
): Evaluation => ({
  ...{ step: epoch * 10, epoch, seconds: 4.5, remarks: [] },
  protocol: {
    ...{ product: "0.1.0", version: 1, images: 1000, seed: 0 },
    real: { split: "training", data: "00ff00ff00ff00ff" },
    features: {
      ...{ network: "classifier", hash: "1234567812345678", size: 128 },
      ...{ accuracy: 0.9918, heldOut: 10_000 },
    },
  },
  values: {
    frechetDistance: {
      value: frechetDistance,
      low: frechetDistance - 0.5,
      high: frechetDistance + 0.5,
    },
    precision: { value: 0.5, low: 0.4, high: 0.6 },
  },
  ...changes,
});
