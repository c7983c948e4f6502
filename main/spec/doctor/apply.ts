/**
 * From a remedy to what is asked for: a fork from before the finding began where a checkpoint of that
 * time is kept, else from the oldest that is; a new run where there is none, or where the remedy changes
 * the networks' weights. Weights that are spoilt are never gone on from.
 */
import { specificationAt, type ForkPlace } from "../fork.ts";
import type { Specification } from "../specification.ts";
import type { Finding, FindingId, Remedy } from "./finding.ts";
import { patched } from "./patch.ts";

/** Epochs that a fork gets where its parent has none left. */
const moreEpochs = 5;

/** What leaves weights that other settings do not mend: grown without end, or sure of everything. */
const lasting: readonly FindingId[] = ["divergence", "discriminator-strong"];

/** Steps before the median of the losses tells of it in which the weights may be so already. */
const unseen = 100;

interface Run {
  specification: Specification;
  events: readonly { step: number; kind: string; detail: string }[];
  /** Ends of epochs that a checkpoint is kept of, in order. */
  places: readonly ForkPlace[];
}

export type Treatment =
  { by: "fork"; epoch: number; specification: unknown } | { by: "start"; specification: unknown };

/** Not parsed again: its door is the command's. */
export function treatmentOf(
  { specification, events, places }: Run,
  { id, since }: Pick<Finding, "id" | "since">,
  { patch, by }: Pick<Remedy, "patch" | "by">,
): Treatment {
  const place = lasting.includes(id)
    ? places.findLast(({ step }) => step <= since - unseen)
    : (places.findLast(({ step }) => step <= since) ?? places[0]);
  const changed = patched(specificationAt(specification, events, Infinity), patch) as Specification;
  if (by === "start" || !place) return { by: "start", specification: changed };
  const { loop } = changed;
  const epochs = Math.max(loop.epochs, loop.epochs > place.epoch ? 0 : place.epoch + moreEpochs);
  const steps = loop.steps !== null && loop.steps <= place.step ? null : loop.steps;
  return {
    by: "fork",
    epoch: place.epoch,
    specification: { ...changed, loop: { ...loop, epochs, steps } },
  };
}
