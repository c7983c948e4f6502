/** New images from a checkpoint's generator, in evaluation mode. */
import { toBytes } from "../engine/pixels.ts";
import { loadBackend } from "../engine/backend/backend.ts";
import { buildGan } from "../engine/gan.ts";
import { sampleNoise } from "../engine/explore/truncation.ts";
import { sheetLabels } from "../engine/latent.ts";
import { eagerTrainer } from "../engine/eager-trainer.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { FromSession, GenerateJob } from "./messages.ts";

/** Images that are computed at a time: what lies between the layers would fill the memory otherwise. */
const atOnce = 1024;

/** Throws `checkpoint.damaged` or `engine.unavailable`. */
export async function generate(
  { first = 0, ...job }: GenerateJob,
  send: (message: FromSession) => void,
): Promise<void> {
  const { count, seed, label, truncation } = job;
  const { latent, image } = job.specification;
  const gan = buildGan(job.specification);
  const { state } = await readCheckpoint(gan, job.from);
  await loadBackend(job.engine);
  const trainer = eagerTrainer(gan, state);
  const noise = sampleNoise(latent, seed, truncation);
  noise.skip(first);
  const labels = sheetLabels(job.specification, first + count, label);
  const each = sizeOf(shapeOfImage(image));
  const pixels = new Uint8Array(count * each);
  for (let done = 0; done < count; done += atOnce) {
    const size = Math.min(atOnce, count - done);
    const start = first + done;
    const drawn = await trainer.generate(
      noise.next(size),
      size,
      labels?.slice(start, start + size),
    );
    pixels.set(toBytes(drawn), done * each);
  }
  trainer.dispose();
  send({ type: "generated", images: { ...image, count, pixels } });
}
