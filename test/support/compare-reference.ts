/** Runs a reference file's steps on a trainer and tells how far it ends from the file's numbers. */
import * as tf from "@tensorflow/tfjs-core";
import { initialState, type Gan } from "../../main/engine/gan.ts";
import type { Noise } from "../../main/engine/networks/noise.ts";
import type { HostTensors } from "../../main/engine/tensors.ts";
import type { Trainer } from "../../main/engine/trainer.ts";
import type { Game, Reference } from "./reference.ts";

/** The largest differences over all steps, values and pixels. */
export interface Differences {
  /** Relative. */
  loss: number;
  /** Absolute, of parameters and moving statistics after the last step, and where it is. */
  final: number;
  worst: string;
  /** Absolute, of images in evaluation mode. */
  images: number;
}

/** Our names of the file's variables: it counts only layers that own some, we count all. */
function variablesOf(gan: Gan): { ours: string; theirs: string }[] {
  return [gan.generator, gan.discriminator].flatMap(({ name, network }) =>
    network.layers
      .map((layer, index) => ({ ...layer, index }))
      .filter(({ variables }) => variables.length > 0)
      .flatMap(({ layer, variables, index }, place) =>
        variables.map((variable) => ({
          ours: `${name}.${index.toString()}.${variable.name}`,
          theirs: `${name}.${place.toString()}.${layer.kind}.${variable.name}`,
        })),
      ),
  );
}

/** The state that the file's steps start from. */
export function startOf(gan: Gan, reference: Reference): HostTensors {
  const given = variablesOf(gan).map(({ ours, theirs }) => {
    const values = reference.values(`init.${theirs}`);
    return [ours, { shape: reference.shapeOf(`init.${theirs}`), values }] as const;
  });
  return { ...initialState(gan), ...Object.fromEntries(given) };
}

/**
 * Hands out the file's noise in place of seeded noise. The step's number (int32 scalar, from 1) stays
 * a tensor, so that a compiled step gets each step's own.
 */
export function givenNoise(reference: Reference, step: tf.Scalar): Noise {
  const of = (name: string, shape: number[]) => {
    const steps = Array.from({ length: reference.steps }, (_, index) =>
      tf.tensor(reference.values(`step${index.toString()}.${name}`), shape, "float32"),
    );
    // Not by `gather`, which reads its indices back.
    const numbers = tf.range(1, reference.steps + 1, 1, "int32");
    const chosen = tf.cast(tf.equal(numbers, step), "float32");
    const all = tf.reshape(tf.stack(steps), [reference.steps, -1]);
    return tf.reshape(tf.matMul(tf.reshape(chosen, [1, -1]), all), shape);
  };
  const drawn = (purpose: string, shape: number[]) => {
    const [, critic, what] = /^critic(\d+)\/(latent|interpolation)$/.exec(purpose) ?? [];
    if (critic === undefined) return of("zG", shape);
    return of(`critic${critic}.${what === "latent" ? "z" : "epsilon"}`, shape);
  };
  return { normal: drawn, uniform: drawn };
}

function labelsOf(reference: Reference, step: string, count: number) {
  if (!reference.specification.conditioning) return {};
  const labels = reference.values(`${step}.labels`);
  return { labels: Array.from({ length: count }, () => labels) };
}

const relative = (value: number, expected: number) =>
  Math.abs(value - expected) / Math.max(1e-12, Math.abs(expected));

/** NaN when one is missing or not a number, which is below no limit. */
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length
    ? Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0)
    : NaN;

/** Puts what is not a number before every number when the largest comes first. */
const sortable = (value: number) => (Number.isNaN(value) ? Number.MAX_VALUE : value);

/** `trainer` must have been made from `startOf` and `givenNoise`. */
export async function compareWithReference({
  gan,
  trainer,
  game,
  reference,
}: {
  gan: Gan;
  trainer: Trainer;
  game: Game;
  reference: Reference;
}): Promise<Differences> {
  const numberOf = (name: string) => reference.values(name)[0] ?? NaN;
  const optional = (name: string) => (reference.names.includes(name) ? numberOf(name) : 0);
  const critics = Array.from({ length: reference.criticSteps }, (_, j) => j.toString());
  const last = critics.at(-1) ?? "0";
  const losses: number[] = [];
  for (let step = 0; step < reference.steps; step++) {
    const name = `step${step.toString()}`;
    const measured = await trainer.step({
      step: step + 1,
      ...labelsOf(reference, name, critics.length),
      batches: critics.map((j) => reference.values(`${name}.critic${j}.real`)),
      learningRates: {
        generator: game.generator.learningRate,
        discriminator: game.discriminator.learningRate,
      },
    });
    const at = `${name}.critic${last}`;
    // The file's losses include their penalties; ours are told without them.
    const held = 10 * optional(`${at}.gradientPenalty`) + optional(`${at}.held`);
    const heldGenerator = optional(`${name}.heldG`);
    losses.push(
      relative(measured.lossDiscriminator + held, numberOf(`${at}.lossD`)),
      relative(measured.lossGenerator + heldGenerator, numberOf(`${name}.lossG`)),
    );
  }
  const state = await trainer.read();
  const finals = variablesOf(gan).map(({ ours, theirs }) => {
    const expected = reference.values(`final.${theirs}`);
    return { ours, difference: largestDifference(state[ours]?.values ?? [], expected) };
  });
  const [worst] = finals.toSorted((a, b) => sortable(b.difference) - sortable(a.difference));
  const images = await trainer.generate(
    reference.values("eval.z"),
    reference.batch,
    reference.specification.conditioning ? reference.values("eval.labels") : undefined,
  );
  return {
    loss: Math.max(...losses),
    final: worst?.difference ?? NaN,
    worst: worst?.ours ?? "nothing",
    images: largestDifference(images, reference.values("eval.images")),
  };
}
