/**
 * A run that is being set up: a base specification (a preset's, or an earlier run's), the fields that
 * were changed in it, and the data. `specificationOf` makes the document that is checked and sent.
 */
import type { DatasetInfo } from "../../main/contract/system.ts";
import { splitOf } from "../../main/spec/data.ts";
import type { Specification } from "../../main/spec/specification.ts";

/** What can be changed in the form; null while a field holds no number. */
export interface Fields {
  epochs: number | null;
  batchSize: number | null;
  seed: number | null;
  generatorRate: number | null;
  discriminatorRate: number | null;
}

export type FieldName = keyof Fields;

export const fieldsOf = ({ seed, loop, optimizers }: Specification): Fields => ({
  epochs: loop.epochs,
  batchSize: loop.batchSize,
  seed,
  generatorRate: optimizers.generator.learningRate,
  discriminatorRate: optimizers.discriminator.learningRate,
});

const wholeFrom = (least: number, most: number) => (value: number) =>
  Number.isInteger(value) && value >= least && value <= most
    ? null
    : `A whole number, ${least.toString()} to ${most.toLocaleString("en")}.`;

const rate = (value: number) => (value >= 0 ? null : "A number of 0 or more.");

const checks: Record<FieldName, (value: number) => string | null> = {
  epochs: wholeFrom(1, 1_000_000),
  batchSize: wholeFrom(1, 65_536),
  seed: wholeFrom(0, 0x7fffffff),
  generatorRate: rate,
  discriminatorRate: rate,
};

/** What is wrong with which field, as a sentence; only fields that cannot be used are named. */
export function fieldProblems(fields: Fields): Partial<Record<FieldName, string>> {
  const names = Object.keys(checks) as FieldName[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      const problem = value === null ? "Type a number." : checks[name](value);
      return problem === null ? [] : [[name, problem]];
    }),
  );
}

/** The document for `parseSpecification`; fields that hold no number make it invalid there. */
export const specificationOf = (
  base: Specification,
  fields: Fields,
  dataset: DatasetInfo | null,
): unknown => ({
  ...base,
  seed: fields.seed,
  image: dataset?.image ?? base.image,
  data: { ...base.data, source: dataset?.source ?? base.data.source },
  optimizers: {
    generator: { ...base.optimizers.generator, learningRate: fields.generatorRate },
    discriminator: { ...base.optimizers.discriminator, learningRate: fields.discriminatorRate },
  },
  loop: { ...base.loop, epochs: fields.epochs, batchSize: fields.batchSize },
});

export interface DataPlan {
  training: number;
  validation: number;
  /** Batches that one pass over the training images makes. */
  batches: number;
}

/** What will be trained on, of `length` images. */
export function dataPlan({ data, loop }: Specification, length: number): DataPlan {
  const { training, validation } = splitOf(data, length);
  const batches = training.count / loop.batchSize;
  return {
    training: training.count,
    validation: validation.count,
    batches: loop.lastBatch === "drop" ? Math.floor(batches) : Math.ceil(batches),
  };
}
