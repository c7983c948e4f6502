/** What the Doctor says about a run. The rules that find it are in main/metrics/doctor. */

/** From «worth knowing» over «the result suffers» to «nothing more is learned». */
export const severities = ["note", "warning", "serious"] as const;

export type Severity = (typeof severities)[number];

export const findingIds = [
  "divergence",
  "discriminator-strong",
  "generator-strong",
  "mode-collapse",
  "frozen-loss",
  "oscillation",
  "discriminator-overfit",
  "memorisation",
  "saturated-output",
  "dead-units",
  "critic-slope",
  "unbalanced-data",
  "input-scaling",
] as const;

export type FindingId = (typeof findingIds)[number];

/** A measured course with what it was held against, for a small chart. */
export interface Evidence {
  /** What is drawn: «D(x)», «diversity of the images». */
  label: string;
  steps: number[];
  values: number[];
  /** The finding needs values beyond this. */
  threshold: number;
  beyond: "below" | "above";
}

/**
 * A change of the specification, in the form of a JSON merge patch (RFC 7396): objects are merged, all
 * else replaces what was there.
 */
export type SpecificationPatch = Readonly<Record<string, unknown>>;

export interface Remedy {
  /** What is done, as the end of «Fork here with …»: «half the discriminator's learning rate». */
  title: string;
  patch: SpecificationPatch;
  /**
   * A fork goes on from a checkpoint; what changes the networks' weights can only start a new run.
   */
  by: "fork" | "start";
}

export interface Finding {
  id: FindingId;
  /** «The discriminator is too strong». */
  name: string;
  severity: Severity;
  /** The step from which on it holds without a break. */
  since: number;
  /** The numbers behind it, as a sentence. */
  numbers: string;
  evidence: Evidence;
  /** Why it happens, for someone who meets it for the first time. */
  why: string;
  /** The first to try first. */
  remedies: Remedy[];
}
