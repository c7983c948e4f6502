/**
 * Whether an image may be a copy of a training image, in words. What is near for pixels is judged by
 * how near real images are to each other; a copy that was moved or mirrored is not found this way.
 */
import type { NearestImages } from "../../main/contract/explore.ts";
import type { Tone } from "../shared/status.ts";

export interface MemorisationNote {
  tone: Tone;
  title: string;
  text: string;
}

const figure = (distance: number): string => distance.toFixed(1);

/** Null where nothing was compared. */
export function memorisationNote({ distances, usual }: NearestImages): MemorisationNote | null {
  const [nearest] = distances;
  if (nearest === undefined) return null;
  if (usual === null) {
    return {
      tone: "neutral",
      title: `The nearest differs by ${figure(nearest)} of 255`,
      text: "There are too few real images to say whether that is near.",
    };
  }
  const real =
    usual.of === "validation"
      ? `${usual.count.toString()} real images that were kept aside differ from their nearest training image by ${figure(usual.median)} (median; one in twenty by ${figure(usual.low)} or less).`
      : `No images were kept aside, so training images are the measure: ${usual.count.toString()} of them differ from the nearest other one by ${figure(usual.median)} (median; one in twenty by ${figure(usual.low)} or less).`;
  if (nearest < usual.low) {
    return {
      tone: "warn",
      title: `May be a copy: the nearest differs by only ${figure(nearest)} of 255`,
      text: `${real} Look at both: a plain image is near to many.`,
    };
  }
  return {
    tone: "good",
    title: `No copy: the nearest differs by ${figure(nearest)} of 255`,
    text: `${real} A copy that was moved or mirrored would not be found.`,
  };
}
