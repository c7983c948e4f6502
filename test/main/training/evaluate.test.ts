/** Evaluations through the session's own code: a generator that was never trained, small images, a real classifier. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import { durableWrite } from "../../../main/files/durable-write.ts";
import { words } from "../../../main/random/philox.ts";
import type { DataSource } from "../../../main/spec/data.ts";
import { metricNames, protocolKey, type Evaluation } from "../../../main/spec/evaluation.ts";
import { dense, leakyRelu, reshape, tanh } from "../../../main/spec/layers/shorthand.ts";
import { firstRates } from "../../../main/spec/learning-rates.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { encodeCheckpoint } from "../../../main/training/checkpoint.ts";
import type { EvaluateReport } from "../../../main/training/evaluate-messages.ts";
import { evaluateCheckpoints } from "../../../main/training/evaluate.ts";
import { idxFile } from "../../support/idx-file.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const side = 10;

/** Noise of two classes that are told apart at a look: dark above, or dark below. */
function writeImages(folder: string, count: number, labelled: boolean): string {
  const path = join(folder, "train-images-idx3-ubyte");
  const size = side * side;
  const pixels = Uint8Array.from(words([1, 2], count * size), (word) => word % 60);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  for (const [i, label] of labels.entries()) {
    const from = i * size + label * (size / 2);
    for (let at = from; at < from + size / 2; at++) pixels[at]! += 180;
  }
  writeFileSync(path, idxFile([count, side, side], pixels));
  if (labelled) {
    writeFileSync(join(folder, "train-labels-idx1-ubyte"), idxFile([count], labels));
  }
  return path;
}

function specificationOf(
  source: DataSource,
  training: number | null,
  channels: 1 | 3 = 1,
): Specification {
  const small = smallSpecification();
  const last = [dense(side * side * channels), tanh, reshape(side, side, channels)];
  return {
    ...{ ...small, image: { height: side, width: side, channels } },
    data: { ...small.data, source, training },
    generator: { layers: [dense(16), leakyRelu(0.2), ...last] },
  };
}

/** A checkpoint of the start values, `times` as large. */
async function checkpointOf(specification: Specification, folder: string, times: number) {
  const gan = buildGan(specification);
  const state = Object.fromEntries(
    Object.entries(initialState(gan)).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value) => value * times) },
    ]),
  );
  const learningRates = firstRates(specification.optimizers);
  const chunks = encodeCheckpoint(gan, { step: 8, images: 64, learningRates, state });
  const path = join(folder, `of-${times}.safetensors`);
  return { path, ...(await durableWrite(path, chunks)), step: 8, epoch: 2 };
}

async function evaluated(
  specification: Specification,
  {
    folder,
    count = 64,
    times = [1],
    features = null,
  }: { folder: string; count?: number; times?: number[]; features?: string | null },
) {
  const reports: EvaluateReport[] = [];
  const checkpoints = [];
  for (const one of times) checkpoints.push(await checkpointOf(specification, folder, one));
  await evaluateCheckpoints(
    {
      ...({ kind: "evaluate", engine: "auto" } as const),
      ...{ specification, checkpoints, cache: join(folder, "cache"), count, seed: 0 },
      ...{ product: "0.0.0", background: false, features },
    },
    (report) => reports.push(report),
  );
  const found = reports.flatMap((report) =>
    report.type === "measured" ? [report.evaluation] : [],
  );
  const stages = reports.flatMap((report) =>
    report.type === "evaluating" ? [report.progress.stage] : [],
  );
  return { found, stages: [...new Set(stages)] };
}

describe("an evaluation", () => {
  beforeAll(() => loadBackend("auto"));

  it("of labelled images tells all metrics, and the same ones with the classifier from the cache", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 160, true);
    const specification = specificationOf({ kind: "idx", path }, 48);
    // Weights of nothing draw one image over and over.
    const first = await evaluated(specification, { folder, count: 48, times: [1, 0] });
    const [evaluation, collapsed] = first.found as [Evaluation, Evaluation];
    const expected = metricNames.filter((name) => name !== "modes");
    expect(Object.keys(evaluation.values).sort()).toEqual(expected.sort());
    for (const { value, low, high } of Object.values(evaluation.values)) {
      expect(low).toBeLessThanOrEqual(value + 1e-9);
      expect(high).toBeGreaterThanOrEqual(value - 1e-9);
    }
    expect(evaluation.protocol).toMatchObject({ product: "0.0.0", images: 48, seed: 0 });
    expect(evaluation.protocol.features).toMatchObject({
      ...{ network: "classifier", accuracy: 1, heldOut: 26, size: 128 },
    });
    expect(collapsed.values.recall!.value).toBe(0);
    expect(collapsed.values.diversity!.value).toBeLessThan(1e-3);
    expect(evaluation.values.diversity!.value).toBeGreaterThan(0.01);
    expect(first.stages).toEqual(["classifier", "real", "generating", "comparing"]);

    const second = await evaluated(specification, { folder, count: 48 });
    expect(second.stages).toEqual(["real", "generating", "comparing"]);
    expect(second.found[0]!.values).toEqual(evaluation.values);
    expect(second.found[0]!.protocol).toEqual(evaluation.protocol);
  });

  it("uses as many images as there are, and says what cannot be told where none were kept aside", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 64, true);
    const specification = specificationOf({ kind: "idx", path }, null);
    const first = await evaluated(specification, { folder, count: 500 });
    expect(first.found[0]!.protocol.images).toBe(64);
    expect(first.found[0]!.values).not.toHaveProperty("memorisation");
    const said = first.found[0]!.remarks.join(" ");
    expect(said).toContain("trained on 64 images");
    expect(said).toContain("memorisation cannot be told");
    expect(said).toContain("Fréchet distance is far too large");

    // A damaged classifier is trained anew and is the same.
    const [name] = readdirSync(join(folder, "cache"));
    const file = join(folder, "cache", name!);
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
    const second = await evaluated(specification, { folder });
    expect(second.stages).toContain("classifier");
    expect(second.found[0]!.protocol).toEqual(first.found[0]!.protocol);
  });

  it("tests its classifier on the images that were published for that", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 64, true);
    const size = side * side;
    writeFileSync(
      join(folder, "t10k-images-idx3-ubyte"),
      idxFile([110, side, side], new Uint8Array(110 * size)),
    );
    const labels = Uint8Array.from({ length: 110 }, (_, i) => i % 2);
    writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), idxFile([110], labels));
    const { found } = await evaluated(specificationOf({ kind: "idx", path }, null), { folder });
    // All black: one of the two classes is said of all.
    expect(found[0]!.protocol.features).toMatchObject({ accuracy: 0.5, heldOut: 110 });
    expect(found[0]!.remarks.join(" ")).toContain("50.0 % of 110 held-out images rightly");
    expect(found[0]!.values).toHaveProperty("memorisation");
  });

  it("of images without labels uses a random network, and says so", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 200, false);
    const specification = specificationOf({ kind: "idx", path }, 100);
    const { found } = await evaluated(specification, { folder, times: [1, 2] });
    const [one, other] = found as [Evaluation, Evaluation];
    expect(one.protocol.features).toMatchObject({ network: "random", accuracy: null });
    expect(one.values).not.toHaveProperty("confidence");
    expect(one.values).toHaveProperty("memorisation");
    expect(one.remarks.join(" ")).toContain("no labels");
    expect(protocolKey(one.protocol)).toBe(protocolKey(other.protocol));
    expect(one.values.frechetDistance).not.toEqual(other.values.frechetDistance);
  });

  it("by the features of a file that is named needs no classifier, and is compared with its like alone", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 160, true);
    const specification = specificationOf({ kind: "idx", path }, 48);
    const features = join(folder, "model.json");
    writeFileSync(features, averagingModel);
    const named = await evaluated(specification, { folder, count: 48, features });
    const [evaluation] = named.found as [Evaluation];
    expect(named.stages).toEqual(["real", "generating", "comparing"]);
    expect(evaluation.protocol.features).toMatchObject({
      ...{ network: "file", size: 4, accuracy: null, heldOut: 0 },
    });
    expect(evaluation.remarks.join(" ")).toContain("nothing is told of classes");
    expect(Object.keys(evaluation.values).sort()).toEqual([
      ...["coverage", "density", "diversity", "frechetDistance", "kernelDistance"],
      ...["memorisation", "precision", "recall"],
    ]);
    const own = await evaluated(specification, { folder, count: 48 });
    expect(protocolKey(own.found[0]!.protocol)).not.toBe(protocolKey(evaluation.protocol));
  });

  it("of stacked images counts modes, with the grey images' classifier", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 120, true);
    const source = { kind: "stacked", path, count: 160, seed: 1 } as const;
    const { found } = await evaluated(specificationOf(source, 60, 3), {
      ...{ folder, count: 60, times: [0] },
    });
    const [{ values, protocol, remarks }] = found as [Evaluation];
    expect(protocol.features).toMatchObject({ network: "classifier", size: 384, accuracy: 1 });
    // One image over and over: one of two to the third modes.
    expect(values.modes).toEqual({ value: 1, low: 1, high: 1 });
    expect(values.reverseDivergence!.value).toBeGreaterThan(1);
    expect(values).not.toHaveProperty("classifierScore");
    expect(remarks.join(" ")).toContain("26,000 images");
  });

  it("of a handful of images is refused", async () => {
    const folder = temporaryFolder();
    const path = writeImages(folder, 40, false);
    const specification = specificationOf({ kind: "idx", path }, 15);
    const few = { ...specification, loop: { ...specification.loop, batchSize: 8 } };
    await expect(evaluated(few, { folder })).rejects.toMatchObject({ code: "data.empty" });
  });
});

/** A layers model of another program: the means of an image's four quarters. */
const averagingModel = JSON.stringify({
  modelTopology: {
    class_name: "Sequential",
    config: {
      name: "quarters",
      layers: [
        {
          class_name: "AveragePooling2D",
          config: {
            ...{ name: "means", trainable: true, batch_input_shape: [null, side, side, 1] },
            ...{ pool_size: [5, 5], strides: [5, 5], padding: "valid" },
            data_format: "channels_last",
          },
        },
        { class_name: "Flatten", config: { name: "features", trainable: true } },
      ],
    },
  },
  weightsManifest: [],
});
