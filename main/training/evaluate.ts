/**
 * An evaluating session: generated images of one checkpoint after the other against real ones. What
 * belongs to the real images is computed once.
 */
import { constants, setPriority } from "node:os";
import { loadBackend } from "../engine/backend/backend.ts";
import { buildGan } from "../engine/gan.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { featureNetworkFor } from "./evaluate-classifier.ts";
import { namedFeatureNetwork } from "./evaluate-features.ts";
import { compare } from "./evaluate-compare.ts";
import { draw } from "./evaluate-draw.ts";
import { openRealImages } from "./evaluate-images.ts";
import type { EvaluateJob, EvaluateReport } from "./evaluate-messages.ts";
import { lookAtReal, type Tell } from "./evaluate-real.ts";

/** Throws `data.*`, `checkpoint.damaged`, `engine.unavailable`, or what `openFeatures` throws. */
export async function evaluateCheckpoints(
  job: EvaluateJob,
  send: (report: EvaluateReport) => void,
): Promise<void> {
  if (job.background) giveWay();
  const gan = buildGan(job.specification);
  const images = await openRealImages(job.specification, job.cache);
  try {
    await loadBackend(job.engine);
    const tell = reporter(job, send);
    const network = job.features
      ? await namedFeatureNetwork(job.features, images)
      : await featureNetworkFor(images, job.cache, (done, total) => {
          tell("classifier", 0, done, total);
        });
    const real = await lookAtReal(job, images, network, tell);
    for (const [index, checkpoint] of job.checkpoints.entries()) {
      const begun = performance.now();
      const { state } = await readCheckpoint(gan, checkpoint);
      const drawn = await draw(gan, state, job, real, network, (done, total) => {
        tell("generating", index + 1, done, total);
      });
      const values = await compare(real, drawn, job.seed, (done, total) => {
        tell("comparing", index + 1, done, total);
      });
      const { step, epoch } = checkpoint;
      const seconds = (performance.now() - begun) / 1000;
      const { protocol, remarks } = real;
      send({ type: "measured", evaluation: { step, epoch, protocol, values, remarks, seconds } });
    }
    network.classifier.dispose();
    send({ type: "evaluated" });
  } finally {
    await images.close();
  }
}

/** A higher number is a lower priority; some systems do not let one set it. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Then it does not.
  }
}

/** Milliseconds between two reports. */
const reportEvery = 100;

function reporter(job: EvaluateJob, send: (report: EvaluateReport) => void): Tell {
  const checkpoints = job.checkpoints.length;
  let reported = -Infinity;
  return (stage, checkpoint, done, total) => {
    const now = performance.now();
    if (done < total && now - reported < reportEvery) return;
    reported = now;
    send({ type: "evaluating", progress: { stage, done, total, checkpoint, checkpoints } });
  };
}
