/**
 * What a checkup finds out beyond what every measured step tells: numbers about a run's images and
 * networks that are worth a second look, but not one at every step.
 */

/**
 * Any may be NaN: not known for this run. Only ever add at the end: the places are what is stored, not
 * the names.
 */
export const checkupMeasures = [
  /** Mean distance of two generated images, as a share of that of two real ones; 0 when all are alike. */
  "diversity",
  /** Share of the generated images that have a twin among them. */
  "duplicates",
  /** Share of pixels at the ends of the range, of generated and of real images. */
  "saturatedGenerated",
  "saturatedReal",
  /** Mean answers of D in evaluation mode: to trained images, to such that are kept aside, to generated. */
  "scoreTrained",
  "scoreHeldOut",
  "scoreSampled",
  /** Mean length of the critic's gradient between real and generated images. */
  "criticSlope",
  /** Share of units that never answer, in the ReLU layer of each network that has most of them. */
  "deadGenerator",
  "deadDiscriminator",
  /** The least and the largest pixel of the real images, as the networks see them. */
  "realLow",
  "realHigh",
  /** Images of the most common class for each of the rarest. */
  "imbalance",
] as const;

export type CheckupMeasure = (typeof checkupMeasures)[number];

export type Checkup = Record<CheckupMeasure, number>;
