// @vitest-environment node
import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { PreparationProgress } from "../../../main/contract/events.ts";
import type { DatasetInfo } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Addition, preparationWords } from "../../../renderer/datasets/addition.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset } from "../examples.ts";

function setUp(answers: Partial<Handlers>) {
  const transport = createFakeTransport(answers);
  const added: DatasetInfo[] = [];
  const addition = new Addition(createStudio(transport), (one) => added.push(one));
  addition.open();
  const payloads = () =>
    transport.asked
      .filter(({ command }) => command === "datasets.add")
      .map(({ payload }) => payload);
  return { transport, addition, added, payloads };
}

const preparing = (changes: Partial<PreparationProgress> = {}): PreparationProgress => ({
  ...{ source: "/photos", stage: "pictures", done: 10, total: 40, secondsLeft: 3 },
  ...changes,
});

test("only what was filled in is asked for", async () => {
  const { addition, payloads } = setUp({ "datasets.add": () => exampleDataset() });
  addition.path = " /photos ";
  await addition.add();
  addition.path = "/photos";
  addition.name = "Cats";
  addition.filter = "cat";
  addition.side = 64;
  addition.channels = 1;
  await addition.add();
  expect(payloads()).toEqual([
    { source: "/photos" },
    {
      ...{ source: "/photos", name: "Cats", filter: "cat" },
      image: { height: 64, width: 64, channels: 1 },
    },
  ]);
});

test("stacks of three are asked for without what is for pictures", async () => {
  const { addition, payloads } = setUp({ "datasets.add": () => exampleDataset() });
  addition.path = "~/mnist";
  addition.name = "Stacked MNIST";
  addition.filter = "cat";
  addition.side = 64;
  addition.stacked = true;
  await addition.add();
  expect(payloads()).toEqual([
    {
      source: { kind: "stacked", path: "~/mnist", count: 128_000, seed: 1 },
      name: "Stacked MNIST",
    },
  ]);
  expect(addition.stacked).toBe(false);
});

test("an added one is handed on, and files that could not be used are counted", async () => {
  const { addition, added } = setUp({
    "datasets.add": () => exampleDataset({ name: "Cats", length: 5, unusableCount: 2 }),
  });
  addition.path = "/photos";
  await addition.add();
  expect(added.map(({ name }) => name)).toEqual(["Cats"]);
  expect([addition.path, addition.source, addition.outcome?.tone]).toEqual(["", null, "good"]);
  expect(addition.outcome?.text).toMatch(/^5 images .* 2 files could not be used/);
});

test("what goes wrong is told, and what was typed stays", async () => {
  const { addition, added } = setUp({
    "datasets.add": () => {
      throw new Problem("data.format", "/cat.gif is no data set.");
    },
  });
  addition.path = "/cat.gif";
  await addition.add();
  expect([addition.path, addition.outcome?.tone]).toEqual(["/cat.gif", "bad"]);
  expect(added).toEqual([]);
});

test("its progress is followed, that of others is not; stopping is no fault", async () => {
  let callOff: (reason: Problem) => void = () => undefined;
  const { transport, addition } = setUp({
    "datasets.add": () =>
      new Promise((_, reject) => {
        callOff = reject;
      }),
    "datasets.cancelAdd": ({ source }) => {
      callOff(new Problem("download.cancelled", `${source} was called off.`));
      return { cancelled: true };
    },
  });
  addition.path = "/photos";
  const ended = addition.add();
  transport.emit("dataset.preparing", preparing());
  transport.emit("dataset.preparing", preparing({ source: "/others", done: 1 }));
  expect(addition.progress?.done).toBe(10);
  await addition.cancel();
  await ended;
  expect(addition.outcome).toMatchObject({ tone: "neutral", text: "/photos was called off." });
  // A word that was under way when it ended does not bring it back.
  transport.emit("dataset.preparing", preparing());
  expect(addition.source).toBeNull();
});

test("one begun before this page was loaded is shown, and can be stopped", async () => {
  const { transport, addition } = setUp({
    "datasets.cancelAdd": () => ({ cancelled: true }),
  });
  transport.emit("dataset.preparing", preparing());
  expect(addition.source).toBe("/photos");
  await addition.cancel();
  expect(addition.source).toBeNull();
  transport.emit("dataset.preparing", preparing({ source: "/more" }));
  transport.emit("dataset.preparing", preparing({ source: "/more", done: 40 }));
  expect(addition.source).toBeNull();
});

test("progress reads as a sentence's part", () => {
  expect(preparationWords(null)).toBe("Looking at what is there");
  expect(preparationWords(preparing())).toBe("Preparing the pictures: 10 of 40, 3 s left");
  expect(
    preparationWords(
      preparing({ stage: "unpacking", done: 1_500_000, total: 3e6, secondsLeft: null }),
    ),
  ).toBe("Unpacking the archive: 1.5 MB of 3.0 MB");
});
