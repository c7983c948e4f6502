/** Which help belongs to a field of a specification, or to the kind that is chosen in it. */
import { helpTexts, type HelpText, type HelpTopic } from "../shared/help-texts.ts";
import type { Path } from "./document.ts";

const isTopic = (name: string): name is HelpTopic => Object.hasOwn(helpTexts, name);

/** Undefined where a name says enough. Of a layer's fields, names alone mislead: «momentum» is another's. */
export function helpOfField(path: Path): HelpText | undefined {
  const name = path.at(-1)?.toString() ?? "";
  const owner = path.at(-2)?.toString() ?? "";
  if (path.includes("layers")) return name === "spectralNorm" ? helpTexts.spectralNorm : undefined;
  if (owner === "latent" && name === "size") return helpTexts.latentSize;
  if (owner === "schedule") return undefined;
  if (name === "realLabel") return helpTexts.labelSmoothing;
  return isTopic(name) ? helpTexts[name] : undefined;
}

/** Of a loss, a regularizer or another part that comes in kinds: its kind's own help, else its name's. */
export const helpOfKind = (name: string, kind: string): HelpText | undefined =>
  isTopic(kind) ? helpTexts[kind] : isTopic(name) ? helpTexts[name] : undefined;
