/** The images of an export: what the checkpoint draws now, or what the run has drawn so far. */
import { toBytes } from "../engine/pixels.ts";
import { sampleVectors } from "../engine/explore/truncation.ts";
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { ExportedFile } from "../exporting/format.ts";
import { gridFile, samplesFile, timeLapseFile } from "../exporting/images.ts";
import type { ExportSource } from "../exporting/model.ts";
import { engineOutput } from "../exporting/reference.ts";
import { readVerified } from "../files/read-verified.ts";
import { streamSeed } from "../random/streams.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import type { ExportJob, ImageFormatId } from "./export-messages.ts";

/** Latent vectors that become images at a time. */
const part = 128;

/** Throws `run.state` for a time-lapse of a run without sheets, `checkpoint.damaged` for a lost sheet. */
export async function writeImages(
  { job, source }: { job: ExportJob; source: ExportSource },
  format: ImageFormatId,
): Promise<ExportedFile[]> {
  const { latent, outputs, seed, image, conditioning } = source.specification;
  switch (format) {
    case "png": {
      const count = outputs.fixedSamples;
      const vectors = latentVectors(latent, count, streamSeed(seed, "fixed samples"));
      const columns = conditioning?.classes ?? Math.ceil(Math.sqrt(count));
      const pixels = await draw(source, vectors, count);
      return [await gridFile({ ...image, count, pixels }, columns)];
    }
    case "npy": {
      const { count } = job.samples;
      const vectors = sampleVectors(latent, count, job.samples.seed, null);
      return [samplesFile({ ...image, count, pixels: await draw(source, vectors, count) })];
    }
    case "gif":
    case "webp": {
      const sheets: Uint8Array[] = [];
      for (const { path, sha256 } of job.sheets) sheets.push(await readVerified(path, sha256));
      return [await timeLapseFile(sheets, format)];
    }
  }
}

async function draw(
  source: ExportSource,
  vectors: Float32Array<ArrayBuffer>,
  count: number,
): Promise<Uint8Array> {
  const { latent, image } = source.specification;
  const labels = sheetLabels(source.specification, count);
  const pixels = new Uint8Array(count * sizeOf(shapeOfImage(image)));
  for (let first = 0; first < count; first += part) {
    const end = Math.min(count, first + part);
    const images = await engineOutput(source, {
      values: vectors.slice(first * latent.size, end * latent.size),
      count: end - first,
      ...(labels && { labels: Int32Array.from(labels.subarray(first, end)) }),
    });
    pixels.set(toBytes(images), (pixels.length / count) * first);
  }
  return pixels;
}
