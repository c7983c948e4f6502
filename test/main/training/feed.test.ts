import { describe, expect, it } from "vitest";
import { openDigits } from "../../../main/data/digits/digits.ts";
import { splitOf } from "../../../main/spec/data.ts";
import type { Augmentation } from "../../../main/spec/augmentation.ts";
import { createFeed } from "../../../main/training/feed.ts";
import { planOf } from "../../../main/training/position.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const turned: Augmentation = {
  kind: "affine",
  flip: false,
  rotation: 20,
  smallest: 0.9,
  largest: 1.1,
  translation: 2,
  background: "black",
};

/** A new feed, as a session has that goes on with a run. */
async function feedOf(augmentation: Augmentation) {
  const small = smallSpecification({ discriminatorSteps: 2 });
  const specification = { ...small, data: { ...small.data, augmentation } };
  const dataset = await openDigits({ kind: "digits", count: 64, seed: 1 });
  const split = splitOf(specification.data, dataset.length);
  const plan = planOf(specification, split.training.count);
  return createFeed(dataset, specification, split, () => plan);
}

describe("the feed of an augmented run", () => {
  it("gives a resumed run the very images that an uninterrupted one gets", async () => {
    const whole = await feedOf(turned);
    await whole(1);
    await whole(2);
    const third = await whole(3);
    expect(await (await feedOf(turned))(3)).toEqual(third);
  });

  it("changes the images, each use in another way", async () => {
    const [plain, changed] = [await feedOf({ kind: "none" }), await feedOf(turned)];
    const [before, after] = [await plain(1), await changed(1)];
    expect(after.batches.map(({ length }) => length)).toEqual(
      before.batches.map(({ length }) => length),
    );
    expect(after.batches[0]).not.toEqual(before.batches[0]);
    expect(after.batches[0]).not.toEqual(after.batches[1]);
  });
});
