/** Examples of augmentation, to see what each would do to a data set before a run is designed with it. */
import type { AffineAugmentation } from "../../main/spec/augmentation.ts";
import type { ImageShape } from "../../main/spec/shape.ts";

export const changeNames = ["none", "mirrored", "turned", "scaled", "moved"] as const;
export type Change = (typeof changeNames)[number];

export const changeTitles: Readonly<Record<Change, string>> = {
  none: "As they are",
  mirrored: "Mirrored",
  turned: "Turned",
  scaled: "Scaled",
  moved: "Moved",
};

const still: AffineAugmentation = {
  ...{ kind: "affine", flip: false, rotation: 0, smallest: 1, largest: 1, translation: 0 },
  background: "edge",
};

/** Amounts that can be seen and are not unusual; null where nothing is changed. */
export function augmentationOf(change: Change, { width }: ImageShape): AffineAugmentation | null {
  switch (change) {
    case "none":
      return null;
    case "mirrored":
      return { ...still, flip: true };
    case "turned":
      return { ...still, rotation: 15 };
    case "scaled":
      return { ...still, smallest: 0.8, largest: 1.25 };
    case "moved":
      return { ...still, translation: Math.max(1, Math.round(width / 10)) };
  }
}
