// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Augmentation } from "../../../main/spec/augmentation.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { AugmentedImages, shownImages } from "../../../renderer/design/augmented-images.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

const flipped: Augmentation = {
  ...{ kind: "affine", flip: true, rotation: 0, smallest: 1, largest: 1 },
  ...{ translation: 0, background: "black" },
};
const batch = (value: number) => ({
  ...{ count: 1, height: 1, width: 1, channels: 1, pixels: Uint8Array.of(value) },
});

test("settings that stand still are shown, those that were passed over are not asked for", async () => {
  const transport = createFakeTransport({
    "datasets.preview": ({ augmentation }) => batch(augmentation ? 1 : 0),
  });
  const images = new AugmentedImages(createStudio(transport));
  const stop = images.show("digits", flipped, 0);
  stop();
  images.show("mnist", flipped, 1);
  await vi.waitFor(() => {
    expect(images.shown).toEqual({ plain: batch(0), changed: batch(1) });
  });
  expect(transport.asked.map(({ payload }) => payload)).toEqual([
    { id: "mnist", count: shownImages },
    { id: "mnist", count: shownImages, augmentation: flipped, seed: 1 },
  ]);
});

test("images that cannot be read say why", async () => {
  const transport = createFakeTransport({
    "datasets.preview": () => {
      throw new Problem("data.missing", "The file has gone.");
    },
  });
  const images = new AugmentedImages(createStudio(transport));
  images.drawAgain();
  expect(images.seed).toBe(1);
  images.show("digits", flipped, images.seed);
  await vi.waitFor(() => {
    expect(images.problem).toBe("The file has gone.");
  });
});
