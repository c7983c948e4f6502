// @vitest-environment node
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

test("an added one joins the list with its images; the same one added again is listed once", async () => {
  const { datasets } = setUp();
  await loaded(datasets);
  await datasets.keep(exampleDataset({ id: "mnist", name: "images" }));
  await datasets.keep(exampleDataset({ id: "mnist", name: "MNIST" }));
  expect(datasets.all?.map(({ name }) => name)).toEqual(["Built-in digits", "MNIST"]);
  expect(datasets.previewOf("mnist")).toEqual(preview);
});

test("a removed one leaves the list; one that is needed stays, and the reason is told", async () => {
  let isUsed = true;
  const { datasets } = setUp({
    "datasets.remove": ({ id }) => {
      if (isUsed) throw new Problem("run.state", "A run trains on mnist; stop it first.");
      return { id };
    },
  });
  await loaded(datasets);
  await datasets.keep(exampleDataset({ id: "mnist" }));
  await expect(datasets.remove("mnist")).rejects.toThrow("stop it first");
  expect(datasets.all?.length).toBe(2);
  isUsed = false;
  await datasets.remove("mnist");
  expect(datasets.all?.map(({ id }) => id)).toEqual(["digits"]);
  expect(datasets.previewOf("mnist")).toBeUndefined();
});
