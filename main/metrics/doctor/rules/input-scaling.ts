/**
 * Real images that do not fill the range from −1 to 1: data that was saved with values from 0 to 1, or
 * as the brighter half. The generator ends in tanh and gives the whole range, so that the
 * discriminator tells the two apart by brightness alone. Thresholds: own; a batch of pictures has both
 * a dark and a bright pixel.
 */
import { checkupCourse, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";

/** The darkest pixel of the images is at least this. */
const darkest = -0.1;
/** Or their brightest is so little above it. */
const narrowest = 0.5;

export const inputScaling: Rule = (facts) => {
  const low = checkupCourse(facts, "realLow");
  const high = checkupCourse(facts, "realHigh");
  const [least, most] = [low.values.at(-1), high.values.at(-1)];
  if (least === undefined || most === undefined) return null;
  const isNarrow = most - least < narrowest;
  if (least < darkest && !isNarrow) return null;
  return {
    id: "input-scaling",
    name: "The images do not fill their range",
    severity: "warning",
    since: low.steps[0] as number,
    numbers: `The real images' pixels lie between ${said(least)} and ${said(most)}; the networks expect −1 to 1.`,
    evidence: isNarrow
      ? evidence("brightest pixel of the real images", high, least + narrowest, "below")
      : evidence("darkest pixel of the real images", low, darkest, "above"),
    why: "Files with values from 0 to 1, or with only part of the range, look grey to the networks. The discriminator tells real images by their brightness at once, and the generator learns brightness instead of shapes. Save the images with values from 0 to 255 and start again.",
    // The cure is in the files: nothing in a specification scales them otherwise.
    proposals: [],
  };
};
