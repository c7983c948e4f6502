/** How the page names the places of a specification, and on which of its parts they are edited. */
import type { Place, Section } from "../../main/spec/place.ts";
import { fieldTitle } from "./field-titles.ts";

export const parts = ["start", "networks", "training"] as const;
export type Part = (typeof parts)[number];

export const partTitles: Readonly<Record<Part, string>> = {
  start: "Preset and data",
  networks: "Networks",
  training: "Training",
};

const sectionTitles: Readonly<Record<Section, string>> = {
  generator: "Generator",
  discriminator: "Discriminator",
  loss: "Loss",
  regularizers: "Regularizers",
  optimizers: "Optimizers",
  loop: "Loop",
  augmentation: "Augmentation",
  conditioning: "Classes",
  whole: "The whole",
};

export function partOf({ section }: Place): Part {
  if (section === "generator" || section === "discriminator") return "networks";
  return section === "whole" ? "start" : "training";
}

/** «Generator, layer 5»; a network's end is just the network. */
export const placeTitle = ({ section, layer }: Place): string =>
  layer === null
    ? sectionTitles[section]
    : `${sectionTitles[section]}, layer ${(layer + 1).toString()}`;

const basics = new Set(["seed", "loop.batchSize", "loop.epochs"]);

export interface Fault {
  part: Part;
  title: string;
}

/** From the dot path of a field that cannot be used to its name and its part of the page. */
export function faultOf(path: string): Fault {
  const keys = path.split(".");
  const [first = "", second = "", third = ""] = keys;
  const field = fieldTitle(keys.findLast((key) => !/^\d+$/.test(key)) ?? "");
  if (first === "generator" || first === "discriminator") {
    const layer = second === "layers" && third !== "" ? Number(third) : null;
    return { part: "networks", title: `${placeTitle({ section: first, layer })}: ${field}` };
  }
  const isBasic = basics.has(path) || first === "image" || path.endsWith(".learningRate");
  const owner =
    first === "optimizers" ? (second === "generator" ? "Generator: " : "Discriminator: ") : "";
  return { part: isBasic ? "start" : "training", title: owner + field };
}
