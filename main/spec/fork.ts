/**
 * What a fork starts with and what it may change: everything that leaves the networks' variables, and
 * what the optimizers remember of them, as they are, for the child goes on from its parent's
 * checkpoint. The seed and the number of fixed samples stay too: the sheets of the shared past are the
 * child's.
 */
import { differencesOf } from "./compare/settings.ts";
import { updatesAt, updatesChangesOf } from "./course.ts";
import { changesOf, firstRates, ratesAt } from "./learning-rates.ts";
import type { Optimizer } from "./optimizers.ts";
import { Problem } from "./problem.ts";
import { inferSpecification, type Specification } from "./specification.ts";

interface Event {
  step: number;
  kind: string;
  detail: string;
}

/** A place where a run can be forked. */
export interface ForkPlace {
  step: number;
  epoch: number;
}

/** The epochs' ends that a checkpoint is kept of, in order. */
export function forkPlaces({
  checkpoints,
  samples,
}: {
  checkpoints: readonly ForkPlace[];
  samples: readonly { step: number; closesEpoch: boolean }[];
}): ForkPlace[] {
  const closing = new Set(samples.flatMap(({ step, closesEpoch }) => (closesEpoch ? [step] : [])));
  return checkpoints
    .filter(({ step }) => closing.has(step))
    .map(({ step, epoch }) => ({ step, epoch }));
}

/** A run's specification with all that was changed live until `step` steps were done. */
export function specificationAt(
  specification: Specification,
  events: readonly Event[],
  step: number,
): Specification {
  const { optimizers, loop } = specification;
  const rates = ratesAt(firstRates(optimizers), changesOf(events), step);
  const updates = updatesAt(loop.discriminatorSteps, updatesChangesOf(events), step);
  return {
    ...specification,
    optimizers: {
      generator: { ...optimizers.generator, learningRate: rates.generator },
      discriminator: { ...optimizers.discriminator, learningRate: rates.discriminator },
    },
    loop: { ...loop, discriminatorSteps: updates },
  };
}

/** Throws `spec.invalid`, naming the field, for a child that cannot go on from its parent's state. */
export function requireSameState(parent: Specification, child: Specification): void {
  for (const section of ["image", "latent", "conditioning"] as const) {
    refuse(section, parent[section], child[section], "the networks were trained for it");
  }
  for (const name of ["generator", "discriminator"] as const) {
    if (variablesOf(parent)[name] === variablesOf(child)[name]) continue;
    refuse(
      name,
      parent[name],
      child[name],
      "it changes the network's weights, which the fork keeps",
    );
  }
  for (const name of ["generator", "discriminator"] as const) {
    const [before, after] = [parent.optimizers[name], child.optimizers[name]];
    if (slotsOf(before) === slotsOf(after)) continue;
    const field = before.kind === after.kind ? "momentum" : "kind";
    throw kept(
      `optimizers.${name}.${field}`,
      "the fork goes on with what the optimizer remembers of each weight, and another one remembers other things",
    );
  }
  if ((parent.generatorAverage === null) !== (child.generatorAverage === null))
    throw kept(
      "generatorAverage",
      "the average is part of what the parent's checkpoint holds or lacks",
    );
  if (parent.seed !== child.seed)
    throw kept("seed", "both runs share one past and the same fixed noise");
  if (parent.outputs.fixedSamples !== child.outputs.fixedSamples)
    throw kept("outputs.fixedSamples", "the sheets of the shared past show so many");
}

/** Throws `spec.invalid` for a child that would do nothing after `place`. */
export function requireFuture({ loop }: Specification, { step, epoch }: ForkPlace): void {
  const told = (field: string, value: number, done: string) =>
    new Problem(
      "spec.invalid",
      `${field}: ${value.toLocaleString("en")} in all leaves nothing to train after ${done}; ask for more.`,
    );
  if (loop.epochs <= epoch)
    throw told("loop.epochs", loop.epochs, `epoch ${epoch.toLocaleString("en")}`);
  if (loop.steps !== null && loop.steps <= step)
    throw told("loop.steps", loop.steps, `step ${step.toLocaleString("en")}`);
}

function refuse(section: string, before: unknown, after: unknown, reason: string): void {
  const [first] = differencesOf([{ [section]: before }, { [section]: after }]);
  if (first) throw kept(first.path, reason);
}

const kept = (field: string, reason: string): Problem =>
  new Problem(
    "spec.invalid",
    `${field}: a fork cannot change it: ${reason}. Leave it as it is, or start a new run.`,
  );

/** What decides the names and shapes of a network's variables, as one text. */
function variablesOf(specification: Specification) {
  const { generator, discriminator } = inferSpecification(specification);
  const told = ({ layers }: typeof generator) =>
    JSON.stringify(
      layers.map(({ variables }) =>
        variables.map(({ name, shape, trainable }) => [name, shape, trainable]),
      ),
    );
  return { generator: told(generator), discriminator: told(discriminator) };
}

/** Which values an optimizer keeps of each weight. */
const slotsOf = (optimizer: Optimizer): string =>
  optimizer.kind === "sgd" && optimizer.momentum !== 0 ? "sgd velocity" : optimizer.kind;
