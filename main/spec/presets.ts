/** All presets, in the order in which they are offered. A new one is a file and a line here. */
import { didYouMean } from "./nearest.ts";
import { Problem } from "./problem.ts";
import { basicMlp } from "./presets/basic-mlp.ts";
import { cdcgan } from "./presets/cdcgan.ts";
import { conv16 } from "./presets/conv16.ts";
import { dcganBce } from "./presets/dcgan-bce.ts";
import { lsganDc } from "./presets/lsgan-dc.ts";
import { minimaxMomentum } from "./presets/minimax-momentum.ts";
import { mlpBatchnorm } from "./presets/mlp-batchnorm.ts";
import type { Preset } from "./presets/preset.ts";
import { sngan32 } from "./presets/sngan-32.ts";
import { vanillaMlp } from "./presets/vanilla-mlp.ts";
import { wganClip } from "./presets/wgan-clip.ts";
import { wganGp } from "./presets/wgan-gp.ts";

export type { Preset } from "./presets/preset.ts";

export const presets: readonly Preset[] = [
  lsganDc,
  vanillaMlp,
  dcganBce,
  cdcgan,
  wganGp,
  wganClip,
  basicMlp,
  minimaxMomentum,
  conv16,
  mlpBatchnorm,
  sngan32,
];

/** Throws `preset.unknown`, with the names that exist. */
export function presetOf(id: string): Preset {
  const preset = presets.find((candidate) => candidate.id === id);
  if (preset) return preset;
  const known = presets.map((candidate) => candidate.id).join(", ");
  const meant = didYouMean(
    id,
    presets.map((candidate) => candidate.id),
  );
  throw new Problem(
    "preset.unknown",
    `There is no preset «${id}».${meant} Choose one of: ${known}.`,
  );
}
