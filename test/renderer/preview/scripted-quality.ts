/** What the preview knows of image quality, and of a run that is trained again: both by script. */
import type { Handlers } from "../../../main/contract/commands.ts";
import type { Events } from "../../../main/contract/events.ts";
import {
  reproductionEvents,
  reproductionSentence,
} from "../../../main/contract/reproduction-text.ts";
import type { RunDetail } from "../../../main/contract/runs.ts";
import type { Evaluation } from "../../../main/spec/evaluation.ts";
import { evaluationExample } from "../../support/evaluation.ts";

type Quality = Pick<
  Handlers,
  "runs.evaluations" | "runs.reproduce" | "runs.cancelReproduce" | "groups.start"
>;
type Emit = <Name extends keyof Events>(event: Name, detail: Events[Name]) => void;

const around = (value: number, width: number) => ({
  ...{ value, low: value - width, high: value + width },
});

function evaluationOf(epoch: number): Evaluation {
  const distance = 12 + 140 * Math.exp(-epoch / 2.2) + (epoch > 8 ? 4 : 0);
  const example = evaluationExample(epoch, distance);
  const share = 1 - 0.6 * Math.exp(-epoch / 3);
  return {
    ...example,
    values: {
      frechetDistance: around(distance, 1.6),
      kernelDistance: around(distance / 400, 0.004),
      precision: around(share * 0.8, 0.02),
      recall: around(share * 0.6, 0.02),
      density: around(share * 0.9, 0.03),
      coverage: around(share * 0.85, 0.02),
      classifierScore: around(1 + 8 * share, 0.1),
      classCoverage: around(1, 0),
      memorisation: around(0.51, 0.01),
    },
  };
}

export function scriptedQuality(get: (id: string) => RunDetail, emit: Emit): Quality {
  return {
    "runs.evaluations": ({ id }) => ({
      evaluations:
        id === "finished" ? Array.from({ length: 10 }, (_, at) => evaluationOf(at + 1)) : [],
    }),
    "runs.reproduce": async ({ id, steps }) => {
      const { run } = get(id);
      const totalSteps = Math.min(run.step, steps ?? Infinity);
      for (let tenth = 1; tenth <= 10; tenth += 1) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        emit("run.reproducing", { id, step: Math.round((totalSteps * tenth) / 10), totalSteps });
      }
      const result = {
        ...{ id, outcome: "equal" as const, from: 0, step: totalSteps, measured: totalSteps },
        ...{ checkpoints: 2, difference: null, caveats: [] },
      };
      const detail = reproductionSentence(result);
      const event = { at: Date.now(), step: run.step, kind: reproductionEvents.equal, detail };
      emit("run.event", { id, event });
      return result;
    },
    "runs.cancelReproduce": () => ({ cancelled: false }),
    "groups.start": ({ seeds, name = "Seeds" }) => ({
      ...{ id: "group-tries", name, seeds, waiting: seeds.slice(1) },
      ...{ ending: null, runs: [], createdAt: Date.now() },
    }),
  };
}
