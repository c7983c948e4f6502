/** All presets, in the order in which they are offered. A new one is a file and a line here. */
import { Problem } from "./problem.ts";
import { lsganDc } from "./presets/lsgan-dc.ts";
import type { Preset } from "./presets/preset.ts";
import { vanillaMlp } from "./presets/vanilla-mlp.ts";

export type { Preset } from "./presets/preset.ts";

export const presets: readonly Preset[] = [lsganDc, vanillaMlp];

/** Throws `preset.unknown`, with the names that exist. */
export function presetOf(id: string): Preset {
  const preset = presets.find((candidate) => candidate.id === id);
  if (preset) return preset;
  const known = presets.map((candidate) => candidate.id).join(", ");
  throw new Problem("preset.unknown", `There is no preset «${id}». Choose one of: ${known}.`);
}
