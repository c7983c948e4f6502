/**
 * A trainer whose steps are graphs of one TensorFlow session: one native call a step. State stays in
 * the session's variables; it leaves for checkpoints only.
 */
import type * as tf from "@tensorflow/tfjs-core";
import { shapeOfImage, sizeOf } from "../../spec/shape.ts";
import { eagerTrainer, type TrainerOptions } from "../eager-trainer.ts";
import { initialState, type Gan } from "../gan.ts";
import { seededNoise } from "../networks/noise.ts";
import { sheetParts } from "../sheet.ts";
import { lossScalars, stepScalars, type StepScalar } from "../step.ts";
import type { HostTensors } from "../tensors.ts";
import type { StepFeed, Trainer } from "../trainer.ts";
import { explained } from "./failure.ts";
import { createGraph } from "./graph.ts";
import { feedImages, type ImageInput } from "./image-input.ts";
import { openSession, type Feed } from "./session.ts";
import { traceSheet, type SheetNodes } from "./trace-sheet.ts";
import { traceStep, type StepNodes } from "./trace-step.ts";
import { Untraceable } from "./untraceable.ts";
import { addVariables, initialized, type Variables } from "./variables.ts";

export interface CompileOptions extends TrainerOptions {
  /** The batch sizes of every kind of step that will be asked for. */
  batchSizes: readonly (readonly number[])[];
  /** How many images a sheet will have that is asked for again and again; others are drawn eagerly. */
  sheet?: number;
}

/** Of its own, so that nothing of a trainer keeps `state` for as long as it lives. */
const initialValues = (variables: Variables, state: HostTensors): Feed[] =>
  [...variables.values()].map(({ name, initial, shape }) => ({
    ...{ node: initial, type: "float32", shape },
    values: state[name]?.values as Float32Array,
  }));

/**
 * `state` continues a run. Throws `Untraceable` for what cannot be a graph or what TensorFlow refuses
 * as one; filling its variables and a step throw `engine.memory` or `engine.failed`.
 */
export function compiledTrainer(
  gan: Gan,
  state: HostTensors = initialState(gan),
  options: CompileOptions,
): Trainer {
  const { specification } = gan;
  const imageShape = shapeOfImage(specification.image);
  const imageSize = sizeOf(imageShape);
  const latentSize = specification.latent.size;
  const noiseOf = options.noise ?? ((step: tf.Scalar) => seededNoise(specification.seed, step));

  const graph = createGraph();
  const shapes = Object.fromEntries(
    Object.entries(state).map(([name, { shape }]) => [name, shape]),
  );
  const variables = addVariables(graph, shapes);
  const steps = new Map<string, StepNodes>(
    options.batchSizes.map((sizes) => [
      sizes.join(),
      traceStep(gan, graph, variables, sizes, noiseOf),
    ]),
  );
  const sheets = new Map<number, SheetNodes>(
    [...new Set(sheetParts(options.sheet ?? 0))].map((count) => [
      count,
      traceSheet(gan, graph, variables, count),
    ]),
  );
  const session = explained(
    gan,
    graph,
    () => openSession(graph),
    (sentence) => new Untraceable(sentence),
  );
  const run = (feeds: readonly Feed[], fetches: readonly string[]) =>
    explained(gan, graph, () => session.run(feeds, fetches));
  try {
    run(initialValues(variables, state), [initialized]);
  } catch (thrown) {
    session.close();
    throw thrown;
  }

  const read = (names?: readonly string[]): HostTensors => {
    const wanted = names && new Set(names);
    const all = [...variables.values()].filter(({ name }) => wanted?.has(name) ?? true);
    const values = run(
      [],
      all.map(({ before }) => before),
    );
    return Object.fromEntries(
      all.map(({ name, shape }, index) => [
        name,
        { shape, values: values[index] as Float32Array<ArrayBuffer> },
      ]),
    );
  };

  const scalar = (node: string, value: number): Feed => ({
    ...{ node, type: "float32", shape: [] },
    values: Float32Array.of(value),
  });
  const classFeed = (node: string, labels: ArrayLike<number>): Feed => ({
    ...{ node, type: "int32", shape: [labels.length] },
    values: Int32Array.from(labels),
  });

  /** Does a step and returns these of its scalars, which the node `told` gives. */
  function runStep<Name extends StepScalar>(
    feed: StepFeed,
    names: readonly Name[],
    told: (nodes: StepNodes) => string,
  ): Record<Name, number> {
    const sizes = feed.batches.map((pixels) => pixels.length / imageSize);
    const nodes = steps.get(sizes.join());
    if (!nodes) throw new Error(`no step was compiled for batches of ${sizes.join(", ")}`);
    const [values] = run(
      [
        ...feed.batches.map((pixels, index) => {
          const shape = [sizes[index] as number, ...imageShape];
          return feedImages(nodes.real[index] as ImageInput, pixels, shape);
        }),
        ...nodes.labels.map((node, index) =>
          classFeed(node, feed.labels?.[index] as ArrayLike<number>),
        ),
        scalar(nodes.learningRates.generator, feed.learningRates.generator),
        scalar(nodes.learningRates.discriminator, feed.learningRates.discriminator),
        { node: nodes.step, type: "int32", shape: [], values: Int32Array.of(feed.step) },
      ],
      [told(nodes)],
    );
    return Object.fromEntries(names.map((name, index) => [name, values?.[index] ?? NaN])) as Record<
      Name,
      number
    >;
  }

  return {
    mode: "compiled",

    step: (feed) => Promise.resolve(runStep(feed, stepScalars, ({ measured }) => measured)),

    quickStep: (feed) => Promise.resolve(runStep(feed, lossScalars, ({ losses }) => losses)),

    async generate(latent, count, labels) {
      const parts = sheetParts(count);
      if (!parts.every((part) => sheets.has(part))) {
        const eager = eagerTrainer(gan, read());
        try {
          return await eager.generate(latent, count, labels);
        } finally {
          eager.dispose();
        }
      }
      const images = new Float32Array(count * imageSize);
      let first = 0;
      for (const part of parts) {
        const nodes = sheets.get(part) as SheetNodes;
        const values = latent.slice(first * latentSize, (first + part) * latentSize);
        const vectors: Feed = {
          ...{ node: nodes.latent, type: "float32", shape: [part, latentSize], values },
        };
        const asked = labels && Array.from(labels).slice(first, first + part);
        const classes = nodes.labels && asked ? [classFeed(nodes.labels, asked)] : [];
        const [output] = run([vectors, ...classes], [nodes.images]);
        if (output) images.set(output, first * imageSize);
        first += part;
      }
      return images;
    },

    read: (names) => Promise.resolve(read(names)),

    dispose() {
      session.close();
    },
  };
}
