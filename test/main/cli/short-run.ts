/** A run of two short epochs for the fake shell: its list, and its detail with changed learning rates. */
import type { RunDetail } from "../../../main/contract/runs.ts";
import { runSummary } from "../../support/fake-api.ts";
import { smallSpecification } from "../../support/small-specification.ts";

export const run = runSummary({ id: "run-1", status: "finished", epoch: 2, step: 8, epochs: 2 });
export const list = () => ({ runs: [run], total: 1 });
const specification = smallSpecification();
const place = (step: number, epoch: number) => ({ step, epoch });
export const detail: RunDetail = {
  ...{ run, specification },
  samples: [0, 4, 8].map((step) => ({
    ...{ step, epoch: step / 4, closesEpoch: step > 0, count: 4, columns: 2 },
  })),
  checkpoints: [place(4, 1), place(8, 2)].map((at) => ({ ...at, bytes: 1, sha256: "" })),
  events: [
    ...[{ at: 0, step: 2, kind: "learning rates", detail: "generator 0.001" }],
    ...[{ at: 0, step: 6, kind: "learning rates", detail: "generator 0.002" }],
  ],
} as RunDetail;
