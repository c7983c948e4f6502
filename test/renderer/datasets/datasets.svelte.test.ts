import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Datasets } from "../../../renderer/datasets/datasets.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset } from "../examples.ts";

const preview = { count: 1, height: 1, width: 1, channels: 1, pixels: Uint8Array.of(7) };

function setUp(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "datasets.list": () => ({ datasets: [exampleDataset()] }),
    "datasets.preview": () => preview,
    ...answers,
  });
  const datasets = new Datasets(createStudio(transport));
  datasets.open();
  return { transport, datasets };
}

const loaded = (datasets: Datasets) =>
  vi.waitFor(() => {
    expect(datasets.all).not.toBeNull();
  });

test("each data set comes with its first images", async () => {
  const { datasets } = setUp();
  await vi.waitFor(() => {
    expect(datasets.previewOf("digits")).toEqual(preview);
  });
  expect(datasets.all).toEqual([exampleDataset()]);
});

test("one whose files are gone is still listed", async () => {
  const { datasets } = setUp({
    "datasets.preview": () => {
      throw new Problem("data.missing", "The file is gone.");
    },
  });
  await loaded(datasets);
  expect(datasets.all?.length).toBe(1);
  expect(datasets.problem).toBeNull();
});

test("an added one joins the list; the same one added again is listed once", async () => {
  const { transport, datasets } = setUp({
    "datasets.add": () => exampleDataset({ id: "mnist", name: "MNIST" }),
  });
  await loaded(datasets);
  expect(await datasets.add("/data/mnist", "")).toBe(true);
  expect(await datasets.add("/data/mnist", "MNIST")).toBe(true);
  expect(datasets.all?.map(({ id }) => id)).toEqual(["digits", "mnist"]);
  const asked = transport.asked.filter(({ command }) => command === "datasets.add");
  expect(asked.map(({ payload }) => payload)).toEqual([
    { source: "/data/mnist" },
    { source: "/data/mnist", name: "MNIST" },
  ]);
});

test("one that cannot be read says why and leaves the list as it was", async () => {
  const { datasets } = setUp({
    "datasets.add": () => {
      throw new Problem("data.format", "/data/cat.gif is no IDX file.");
    },
  });
  await loaded(datasets);
  expect(await datasets.add("/data/cat.gif", "")).toBe(false);
  expect(datasets.addProblem).toBe("/data/cat.gif is no IDX file.");
  expect([datasets.adding, datasets.all?.length]).toEqual([false, 1]);
});
