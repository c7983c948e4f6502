/**
 * Reference steps: scaled-down systems with given start values, batches and noise, and the numbers
 * that other code computed for them in double precision. Each file is safetensors; its metadata
 * writes the networks in a short form («dense12 lrelu.2 conv2k5s1valid maxpool2»). Our own lie in
 * test/fixtures and are always there; those of another framework may be missing.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decodeSafetensors } from "../../main/files/safetensors.ts";
import {
  batchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  flatten,
  leakyRelu,
  maxPool,
  relu,
  reshape,
  tanh,
} from "../../main/spec/layers/shorthand.ts";
import type { Layer } from "../../main/spec/layers.ts";
import type { Loss } from "../../main/spec/losses.ts";
import type { Optimizer } from "../../main/spec/optimizers.ts";
import type { Specification } from "../../main/spec/specification.ts";

export interface ReferenceFolder {
  /** For suite names. */
  title: string;
  path: string;
  /** The systems that there are files of, without their endings. */
  systems: string[];
  missing: boolean;
}

function folderAt(title: string, place: string): ReferenceFolder {
  const path = fileURLToPath(new URL(place, import.meta.url));
  const missing = !existsSync(path);
  const files = missing ? [] : readdirSync(path).filter((name) => name.endsWith(".safetensors"));
  const systems = files.map((name) => name.replace(".safetensors", ""));
  return {
    title: missing ? `${title} (not run: the files are not on this machine)` : title,
    ...{ path, systems, missing },
  };
}

export const referenceFolders: ReferenceFolder[] = [
  folderAt("this project's reference", "../fixtures/"),
  folderAt("another framework's reference", "../../../shared/reference/"),
];

export interface Reference {
  specification: Specification;
  steps: number;
  batch: number;
  criticSteps: number;
  /** Values of a tensor; throws when the file lacks it. */
  values(name: string): Float32Array<ArrayBuffer>;
  names: string[];
  shapeOf(name: string): readonly number[];
}

const words: [RegExp, (numbers: number[], match: RegExpExecArray) => Layer][] = [
  [/^flatten$/, () => flatten],
  [
    /^dense(\d+)(sn)?$/,
    (_, [, units, spectral]) => ({
      ...dense(Number(units)),
      spectralNorm: spectral !== undefined,
    }),
  ],
  [/^lrelu(\.\d+)$/, ([alpha = 0]) => leakyRelu(alpha)],
  [/^relu$/, () => relu],
  [/^tanh$/, () => tanh],
  [/^sigmoid$/, () => ({ kind: "sigmoid" })],
  [/^bn$/, () => batchNorm()],
  [/^elu$/, () => ({ kind: "elu", alpha: 1 })],
  [/^ln$/, () => ({ kind: "layerNorm", epsilon: 1e-5 })],
  [/^maxpool(\d+)$/, ([size = 1]) => maxPool(size)],
  [/^avgpool(\d+)$/, ([size = 1]) => ({ kind: "averagePool", size })],
  [/^up(\d+)$/, ([size = 1]) => ({ kind: "upsample", size })],
  [/^reshape(\d+)x(\d+)x(\d+)$/, (shape) => reshape(...shape)],
  [
    /^conv(T?)(\d+)k(\d+)s(\d+)(same|valid)(sn)?$/,
    (_, [, transposed, filters, kernel, stride, padding, spectral]) =>
      (transposed ? conv2dTranspose : conv2d)(Number(filters), {
        kernel: Number(kernel),
        stride: Number(stride),
        padding: padding as "same" | "valid",
        spectralNorm: spectral !== undefined,
      }),
  ],
];

function layerOf(word: string): Layer {
  for (const [pattern, make] of words) {
    const match = pattern.exec(word);
    if (match) return make(match.slice(1).map(Number), match);
  }
  throw new Error(`unknown layer «${word}» in a reference file`);
}

const layersOf = (text: string): Layer[] =>
  text
    .replace(/\(.*\)/, "")
    .trim()
    .split(/\s+/)
    .map(layerOf);

/** What a file leaves to its reader: the system's loss, what holds it back, and its optimisers. */
export interface Game {
  loss: Loss;
  conditioning?: Specification["conditioning"];
  regularizers?: Specification["regularizers"];
  generatorNoise?: Specification["loop"]["generatorNoise"];
  generator: Optimizer;
  discriminator: Optimizer;
}

/** Reads one system's file and completes it to a specification. */
export function readReference(folder: ReferenceFolder, system: string, game: Game): Reference {
  const file = decodeSafetensors(readFileSync(`${folder.path}${system}.safetensors`), system);
  const { metadata } = file;
  const [height = 1, width = 1, channels = 1] = (metadata.image ?? "").split("x").map(Number);
  const image = { height, width, channels: channels as 1 | 3 };
  const batch = Number(metadata.batch);
  const generator: Layer[] = layersOf(metadata.generator ?? "");
  if (generator.at(-1)?.kind === "tanh" && !generator.some((layer) => layer.kind === "reshape")) {
    generator.push(reshape(height, width, channels));
  }
  const tensorOf = (name: string) => {
    const tensor = file.tensors[name];
    if (!tensor) throw new Error(`the reference file of ${system} lacks ${name}`);
    return tensor;
  };
  return {
    specification: {
      version: 1,
      preset: null,
      seed: 1,
      image,
      data: {
        source: { kind: "digits", count: batch, seed: 1 },
        offset: 0,
        training: null,
        validation: 0,
        shuffle: false,
        augmentation: { kind: "none" },
      },
      latent: { size: Number(metadata.latent), distribution: "normal" },
      generator: { layers: generator },
      discriminator: { layers: layersOf(metadata.discriminator ?? "") },
      conditioning: game.conditioning ?? null,
      loss: game.loss,
      regularizers: game.regularizers ?? [],
      generatorAverage: null,
      optimizers: { generator: game.generator, discriminator: game.discriminator },
      loop: {
        batchSize: batch,
        epochs: 1,
        steps: null,
        discriminatorSteps: Number(metadata.criticStepsPerGeneratorStep),
        generatorNoise: game.generatorNoise ?? "fresh",
        lastBatch: "keep",
        stopWhenDiverged: true,
      },
      outputs: {
        fixedSamples: 1,
        sampleAtSteps: [],
        measureEvery: 1,
        evaluateEvery: null,
        stopAfter: null,
        features: null,
      },
    },
    steps: Number(metadata.steps),
    batch,
    criticSteps: Number(metadata.criticStepsPerGeneratorStep),
    values: (name) => tensorOf(name).values as Float32Array<ArrayBuffer>,
    shapeOf: (name) => tensorOf(name).shape,
    names: Object.keys(file.tensors),
  };
}
