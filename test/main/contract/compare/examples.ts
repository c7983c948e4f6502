/** A run as it is compared, small and complete. */
import { scaleOf } from "../../../../main/contract/compare/position.ts";
import type { ComparedRun } from "../../../../main/contract/compare/comparison.ts";
import type { Measurements, RunDetail, RunSummary } from "../../../../main/contract/runs.ts";
import { presetOf } from "../../../../main/spec/presets.ts";
import type { Evaluation } from "../../../../main/spec/evaluation.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { measurements, runSummary } from "../../../support/fake-api.ts";

interface Given {
  run?: Partial<RunSummary>;
  specification?: Specification;
  stepsPerEpoch?: number;
  epochs?: number;
  measured?: Measurements;
  evaluations?: Evaluation[];
}

/** Epochs of `stepsPerEpoch` steps, each with its grid; one measurement a step, all of them 0.25. */
export function comparedRun(given: Given = {}): ComparedRun {
  const { stepsPerEpoch = 10, epochs = 2 } = given;
  const step = stepsPerEpoch * epochs;
  const detail: RunDetail = {
    run: runSummary({ id: "run-a", name: "A", step, epoch: epochs, seconds: 4, ...given.run }),
    specification: given.specification ?? presetOf("vanilla-mlp").specification,
    samples: Array.from({ length: epochs + 1 }, (_, epoch) => ({
      ...{ step: epoch * stepsPerEpoch, epoch, closesEpoch: epoch > 0, count: 16, columns: 4 },
    })),
    checkpoints: [],
    bytes: 0,
    events: [],
  };
  const steps = Array.from({ length: step }, (_, i) => i + 1);
  const { measured = measurements(steps), evaluations = [] } = given;
  return { detail, measurements: measured, evaluations, scale: scaleOf(detail) };
}
