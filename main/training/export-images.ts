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
import { Problem } from "../spec/problem.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import type { ExportJob, ImageFormatId } from "./export-messages.ts";

/** Latent vectors that become images at a time. */
const part = 128;

/** Bytes of new samples: the whole array is in memory, several times on its way. */
const mostBytes = 2 ** 28;

/** Throws `usage` for too many new samples, `run.state` for a time-lapse of a run without sheets. */
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
      requireSmall(sizeOf(shapeOfImage(image)), count);
      const vectors = sampleVectors(latent, count, job.samples.seed, null);
      return [samplesFile({ ...image, count, pixels: await draw(source, vectors, count) })];
    }
    case "gif":
    case "webp":
      return [await timeLapseFile(job.sheets, sheetOf, format)];
  }
}

/** Null for one that is missing or damaged. */
const sheetOf = ({ path, sha256 }: ExportJob["sheets"][number]): Promise<Uint8Array | null> =>
  readVerified(path, sha256).catch((thrown: unknown) => {
    if (thrown instanceof Problem && thrown.code === "checkpoint.damaged") return null;
    throw thrown;
  });

function requireSmall(each: number, count: number): void {
  if (count * each <= mostBytes) return;
  const most = Math.floor(mostBytes / each).toLocaleString("en");
  throw new Problem(
    "usage",
    `At most ${most} images of this size can be exported as one array; «sample» draws any number.`,
  );
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
