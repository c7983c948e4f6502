/** Labels the wrong way round: the discriminator is taught to call generated images real. */
import type { Loss } from "../../spec/losses.ts";
import type { Proposal } from "./case.ts";

/** Whether most labels are flipped, or the generator's is nearer to that of generated images. */
export const isSwapped = (loss: Loss): boolean =>
  loss.flipRate > 0.5 ||
  ("generatorLabel" in loss &&
    Math.abs(loss.generatorLabel - loss.fakeLabel) <
      Math.abs(loss.generatorLabel - loss.realLabel));

/** Why the generator wins then. `who`: «discriminator» or «critic». */
export const wrongWayRound = (who: string): string =>
  `The labels are the wrong way round: the ${who} is taught to call generated images real, so that the generator wins with any image at all. Nothing draws it towards the data.`;

/** The other way round; nothing for a loss without labels. */
export function labelsRight(loss: Loss): Proposal[] {
  if (loss.flipRate > 0.5)
    return [{ title: "labels that are not flipped", patch: { loss: { flipRate: 0 } } }];
  if (!("generatorLabel" in loss)) return [];
  const { realLabel, fakeLabel } = loss;
  const [right, wrong] = [Math.max(realLabel, fakeLabel), Math.min(realLabel, fakeLabel)];
  const labels = { realLabel: right, fakeLabel: wrong, generatorLabel: right };
  return [{ title: "the labels the right way round", patch: { loss: labels } }];
}
