/** What was picked, moved and found is there again after a reload. */
import { expect, test } from "vitest";
import { usualLook } from "../../../renderer/explore/look.ts";
import { Exploration } from "../../../renderer/explore/exploration.svelte.ts";
import { Search } from "../../../renderer/explore/search.svelte.ts";
import { Sliders } from "../../../renderer/explore/sliders.svelte.ts";
import { Walk } from "../../../renderer/explore/walk.svelte.ts";
import type { Handlers } from "../../../main/contract/commands.ts";
import { exampleDetail } from "../examples.ts";
import { conditionalDetail, drawnOf, exploring } from "./examples.ts";

/** A run whose vectors have two numbers, as the foretold images. */
const detail = () => {
  const { specification, ...rest } = exampleDetail();
  const latent = { ...specification.latent, size: 2 };
  return { ...rest, specification: { ...specification, latent } };
};
const answers: Partial<Handlers> = { "runs.get": detail };

async function opened(more: Partial<Handlers> = {}, look = usualLook) {
  const {
    exploration: { studio },
    asked,
  } = exploring({ ...answers, ...more });
  const exploration = new Exploration(studio, "run-1", look);
  await exploration.load();
  return { exploration, asked };
}

test("an address asks for checkpoint, samples, order and tool", async () => {
  const look = { ...usualLook, seed: 7, count: 3, order: "best", tool: "search" } as const;
  const { exploration, asked } = await opened({}, look);
  expect(asked("explore.images")).toMatchObject([{ latent: { seed: 7, count: 3 } }]);
  expect(exploration.look).toEqual(look);
});

test("what a run does not have is not asked for", async () => {
  const look = { ...usualLook, step: 3, label: 12 };
  const { exploration } = await opened({ "runs.get": conditionalDetail }, look);
  expect(exploration.look).toEqual(usualLook);
  expect(exploration.samples.settings.count).toBe(60);
});

test("picks are there again, marked in the same samples", async () => {
  const before = await opened();
  const [, , third] = before.exploration.samples.shown ?? [];
  before.exploration.pick(third!, "b");
  before.exploration.keep();
  const { exploration } = await opened();
  expect(exploration.b?.vector).toEqual(third?.vector);
  expect(exploration.next).toBe("a");
  expect(exploration.samples.shown?.map((image) => exploration.sidesOf(image).join(""))).toEqual([
    ...["a", "", "b"],
    ...Array.from({ length: 61 }, () => ""),
  ]);
});

test("picks of another size are of another network, and are forgotten", async () => {
  const before = await opened();
  before.exploration.pick(before.exploration.samples.shown![5]!, "a");
  before.exploration.keep();
  const { exploration } = await opened({ "runs.get": () => exampleDetail() });
  expect(exploration.a?.vector[0]).toBe(1);
});

test("sliders stand where they were, from the same image", async () => {
  const before = await opened();
  const sliders = new Sliders(before.exploration);
  await sliders.load();
  sliders.start(before.exploration.a);
  sliders.keep();
  sliders.moveAlong(0, 2);
  sliders.moveCoordinate(1, -1);
  sliders.keep();
  before.exploration.keep();
  const { exploration } = await opened();
  const again = new Sliders(exploration);
  again.start(exploration.a);
  await again.load();
  expect([again.along(0), again.coordinate(1), again.moved]).toEqual([2, -1, true]);
  await expect.poll(() => again.image?.vector[0]).toBeCloseTo(1 + 2 * 0.6, 6);
  const other = new Sliders(exploration);
  other.start(exploration.samples.shown![4]!);
  await other.load();
  expect(other.moved).toBe(false);
});

test("the way has its length and place again, and a search what it found", async () => {
  const { exploration } = await opened({
    "explore.search": () => ({ ...drawnOf([[9, 0.5]]), distance: 2 }),
  });
  const walk = new Walk(exploration);
  walk.count = 24;
  walk.draw();
  await expect.poll(() => walk.frames.length).toBe(24);
  walk.position = 5;
  const target = { count: 1, height: 1, width: 1, channels: 1, pixels: Uint8Array.of(90) };
  await new Search(exploration).start(target, null);
  const again = new Walk(exploration);
  expect(again.count).toBe(24);
  again.draw();
  await expect.poll(() => again.position).toBe(5);
  expect(new Search(exploration).found).toMatchObject({ target, distance: 2 });
});
