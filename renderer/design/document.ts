/**
 * Changes to a specification that is being edited, as pure functions: a value at a path, layers that
 * come, go and move. While it is edited, fields may hold what they must not (null for a number that
 * is not typed yet); the schema says so, these functions do not.
 */
import * as v from "valibot";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { splitOf, type DataSource } from "../../main/spec/data.ts";
import type { Layer } from "../../main/spec/layers.ts";
import { withChannelsOf } from "../../main/spec/channels.ts";
import { presets } from "../../main/spec/presets.ts";
import { sameShape, shapeOfImage } from "../../main/spec/shape.ts";
import type { Specification } from "../../main/spec/specification.ts";

export type NetworkName = "generator" | "discriminator";
export type Path = readonly (string | number)[];

function replaced(container: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(container)) {
    return container.map((item: unknown, index) =>
      index === key ? replaced(item, rest, value) : item,
    );
  }
  const record = container as Record<string, unknown>;
  return { ...record, [key]: replaced(record[key], rest, value) };
}

/** A copy that has `value` at `path`; everything beside the path is shared with the original. */
export const withValue = (document: Specification, path: Path, value: unknown): Specification =>
  replaced(document, path, value) as Specification;

const withLayers = (document: Specification, network: NetworkName, layers: Layer[]) => ({
  ...document,
  [network]: { layers },
});

/** Puts `layer` before the one that stands at `place` now. */
export const withLayer = (
  document: Specification,
  network: NetworkName,
  place: number,
  layer: Layer,
): Specification =>
  withLayers(document, network, document[network].layers.toSpliced(place, 0, layer));

/** The last layer stays: a network without one cannot be told from a missing one. */
export function withoutLayer(
  document: Specification,
  network: NetworkName,
  place: number,
): Specification {
  const { layers } = document[network];
  return layers.length < 2 ? document : withLayers(document, network, layers.toSpliced(place, 1));
}

export interface LayerPlace {
  network: NetworkName;
  layer: number;
}

/**
 * Moves a layer before the one that stands at `to` now, in the same network or the other. The
 * document itself when nothing would change, or a network would lose its last layer.
 */
export function withMovedLayer(
  document: Specification,
  from: LayerPlace,
  to: LayerPlace,
): Specification {
  const layer = document[from.network].layers[from.layer];
  if (!layer) return document;
  if (from.network !== to.network) {
    if (document[from.network].layers.length < 2) return document;
    const left = withoutLayer(document, from.network, from.layer);
    return withLayer(left, to.network, to.layer, layer);
  }
  // Behind its own place, everything has moved up by one once it is taken out.
  const place = to.layer > from.layer ? to.layer - 1 : to.layer;
  if (place === from.layer) return document;
  const rest = document[from.network].layers.toSpliced(from.layer, 1);
  return withLayers(document, from.network, rest.toSpliced(place, 0, layer));
}

/**
 * `next` with the values of the same names that `previous` has, as far as `schema` allows them: a
 * change of kind keeps what both kinds know (filters, learning rate, labels).
 */
export function withKind<Value extends { kind: string }>(
  schema: v.GenericSchema,
  previous: object,
  next: Value,
): Value {
  const kept = Object.entries(previous).filter(([name]) => name !== "kind" && name in next);
  const merged = { ...next, ...Object.fromEntries(kept) };
  return v.is(schema, merged) ? merged : next;
}

/** The same images, whatever size they are used at. */
const isSameData = (a: DataSource, b: DataSource): boolean =>
  JSON.stringify(a) === JSON.stringify(b) ||
  (a.kind === "folder" && b.kind === "folder" && a.path === b.path && a.filter === b.filter);

/** The data set that a document trains on; pictures of another size count, exact ones first. */
export const datasetOf = (
  { source }: Specification["data"],
  datasets: readonly DatasetInfo[],
): DatasetInfo | null =>
  datasets.find((dataset) => JSON.stringify(dataset.source) === JSON.stringify(source)) ??
  datasets.find((dataset) => isSameData(dataset.source, source)) ??
  null;

/**
 * Pictures are used at the size that the networks are made for; images of a fixed size decide the
 * document's size instead, and how many channels the generator gives.
 */
export function withDataset(document: Specification, dataset: DatasetInfo): Specification {
  const { source } = dataset;
  const isFolder = source.kind === "folder";
  const image = isFolder ? document.image : dataset.image;
  return {
    ...withChannelsOf(document, image),
    image,
    data: { ...document.data, source: isFolder ? { ...source, ...image } : source },
  };
}

/** Another image size; a folder's pictures are asked for at that size, and drawn with as many channels. */
export function withImage(document: Specification, image: Specification["image"]): Specification {
  const { source } = document.data;
  const sized = source.kind === "folder" ? { ...source, ...image } : source;
  return {
    ...withChannelsOf(document, image),
    image,
    data: { ...document.data, source: sized },
  };
}

/** Whether the data set lies ready in the size that the document wants. */
export const isPrepared = (document: Specification, datasets: readonly DatasetInfo[]): boolean => {
  const dataset = datasetOf(document.data, datasets);
  return (
    document.data.source.kind !== "folder" ||
    (dataset !== null && sameShape(shapeOfImage(dataset.image), shapeOfImage(document.image)))
  );
};

export interface DataPlan {
  training: number;
  validation: number;
  /** Batches that one pass over the training images makes. */
  batches: number;
  /** Generator updates in an epoch. */
  steps: number;
}

/** What will be trained on, of `length` images. */
export function dataPlan({ data, loop }: Specification, length: number): DataPlan {
  const { training, validation } = splitOf(data, length);
  const parts = training.count / loop.batchSize;
  const batches = loop.lastBatch === "drop" ? Math.floor(parts) : Math.ceil(parts);
  return {
    training: training.count,
    validation: validation.count,
    batches,
    steps: Math.floor(batches / loop.discriminatorSteps),
  };
}

/**
 * Whether anything that the preset decides was changed. Data and image size belong to the data that
 * was chosen. False without a preset.
 */
export function differsFromPreset(document: Specification): boolean {
  const preset = presets.find(({ id }) => id === document.preset);
  if (!preset) return false;
  const decided = ({ data, ...rest }: Specification) =>
    JSON.stringify({ ...rest, image: null, data: { ...data, source: null } });
  return decided(document) !== decided(withChannelsOf(preset.specification, document.image));
}
