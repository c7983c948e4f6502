/** What a fork's design starts with: its parent's settings as they were, and something left to train. */
import type { RunDetail } from "../../main/contract/runs.ts";
import { forkPlaces, specificationAt } from "../../main/spec/fork.ts";
import type { Specification } from "../../main/spec/specification.ts";

/**
 * At the end of `epoch`, or of the newest before it that can be forked. A run that has reached its
 * epochs gets as many again, for the fork of one that is done would be done as well.
 */
export function settingsToFork(
  detail: RunDetail,
  epoch: number,
): { epoch: number; specification: Specification } {
  const places = forkPlaces(detail);
  const place = places.findLast((at) => at.epoch <= epoch) ?? places[0] ?? { epoch, step: 0 };
  const before = specificationAt(detail.specification, detail.events, place.step);
  const { epochs, steps } = before.loop;
  const loop = {
    ...before.loop,
    epochs: epochs > place.epoch ? epochs : epochs * 2,
    steps: steps !== null && steps <= place.step ? null : steps,
  };
  return { epoch: place.epoch, specification: { ...before, loop } };
}
