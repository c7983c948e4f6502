/** New images from a checkpoint's generator, in evaluation mode. */
import { toBytes } from "../data/scaling.ts";
import { loadBackend } from "../engine/backend/backend.ts";
import { buildGan } from "../engine/gan.ts";
import { sampleVectors } from "../engine/explore/truncation.ts";
import { sheetLabels } from "../engine/latent.ts";
import { eagerTrainer } from "../engine/eager-trainer.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { FromSession, GenerateJob } from "./messages.ts";

/** Throws `checkpoint.damaged` or `engine.unavailable`. */
export async function generate(
  job: GenerateJob,
  send: (message: FromSession) => void,
): Promise<void> {
  const gan = buildGan(job.specification);
  const { state } = await readCheckpoint(gan, job.from);
  await loadBackend(job.engine);
  const trainer = eagerTrainer(gan, state);
  const latent = sampleVectors(job.specification.latent, job.count, job.seed, job.truncation);
  const labels = sheetLabels(job.specification, job.count, job.label);
  const pixels = toBytes(await trainer.generate(latent, job.count, labels));
  trainer.dispose();
  send({
    type: "generated",
    images: { ...job.specification.image, count: job.count, pixels },
  });
}
