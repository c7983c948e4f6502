/**
 * What an exported file says of itself, as named texts: whose network it is, what goes in and comes
 * out, and the specification, from which our own import builds it again.
 */
import { basename } from "node:path/posix";
import { parseSpecification, type Specification } from "../spec/specification.ts";
import { Problem } from "../spec/problem.ts";
import type { ExportModel, NetworkName } from "./model.ts";

export const producer = "GAN Studio";
const format = "gan-studio-model";
const version = "1";

export type Metadata = Readonly<Record<string, string>>;

/** Facts of the model cannot replace what is stated here. */
export const metadataOf = (model: ExportModel): Metadata => ({
  ...model.facts,
  format,
  version,
  producer,
  network: model.player,
  weights: model.average ? "moving average" : "as trained",
  [`input.${model.input.name}`]: model.input.meaning,
  ...(model.labels ? { [`input.${model.labels.name}`]: model.labels.meaning } : {}),
  [`output.${model.output.name}`]: model.output.meaning,
  specification: JSON.stringify(withoutPlaces(model.specification)),
});

/** Exports are given away: where the data lies on this machine is nobody's business. */
function withoutPlaces(specification: Specification): Specification {
  const { source } = specification.data;
  if (!("path" in source)) return specification;
  const path = basename(source.path.replaceAll("\\", "/")) || "data";
  return { ...specification, data: { ...specification.data, source: { ...source, path } } };
}

/** Spectral normalisation is already in exported weights, and so is the average, where it was taken. */
function asExported(specification: Specification): Specification {
  const plain = ({ layers }: Specification["generator"]): Specification["generator"] => ({
    layers: layers.map((layer) =>
      "spectralNorm" in layer ? { ...layer, spectralNorm: false } : layer,
    ),
  });
  return {
    // A file may come from anyone: no path that it names is looked at here.
    ...withoutPlaces(specification),
    generator: plain(specification.generator),
    discriminator: plain(specification.discriminator),
    generatorAverage: null,
  };
}

/**
 * Reads what `metadataOf` wrote. `file` names it in messages.
 * Throws `export.unreadable` where it is not ours, or of a later version.
 */
export function readMetadata(
  metadata: Readonly<Partial<Record<string, string>>>,
  file: string,
): { specification: Specification; player: NetworkName } {
  if (metadata.format !== format) {
    throw new Problem(
      "export.unreadable",
      `${file} was not exported by GAN Studio; only its own exports hold what is needed to open them.`,
    );
  }
  if (metadata.version !== version) {
    throw new Problem(
      "export.unreadable",
      `${file} was exported by a later version of GAN Studio (form ${metadata.version?.slice(0, 20) ?? "unknown"}); open it there.`,
    );
  }
  const { network } = metadata;
  if (network !== "generator" && network !== "discriminator")
    throw unreadable(file, "names no network");
  return {
    player: network,
    specification: asExported(specificationOf(metadata.specification, file)),
  };
}

export const unreadable = (file: string, what: string): Problem =>
  new Problem("export.unreadable", `${file} is damaged: it ${what}. Export it again.`);

function specificationOf(text: string | undefined, file: string): Specification {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    throw unreadable(file, "holds no readable specification");
  }
  return parseSpecification(value);
}
