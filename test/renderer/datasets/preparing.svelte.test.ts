// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { DataSource } from "../../../main/spec/data.ts";
import { Preparing } from "../../../renderer/datasets/preparing.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleWork } from "../examples.ts";

const photos: DataSource = {
  ...{ kind: "folder", path: "/photos", filter: "", height: 64, width: 64, channels: 3 },
};
const progressOf = (source: string, done: number) => ({
  ...{ source, stage: "pictures" as const, done, total: 9, secondsLeft: 3 },
});

function open(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport(answers);
  const preparing = new Preparing(createStudio(transport), () => photos);
  preparing.open();
  return { transport, preparing };
}

test("the chosen source alone is followed, to its last picture", () => {
  const { transport, preparing } = open();
  transport.emit("dataset.preparing", progressOf("/others", 1));
  expect(preparing.progress).toBeNull();
  transport.emit("dataset.preparing", progressOf("/photos", 2));
  expect(preparing.progress?.done).toBe(2);
  transport.emit("dataset.preparing", progressOf("/photos", 9));
  expect(preparing.progress).toBeNull();
});

test("it can be called off, and a refusal is told", async () => {
  const cancel = vi.fn(() => ({ cancelled: true }));
  const { transport, preparing } = open({ "datasets.cancelAdd": cancel });
  await preparing.cancel();
  expect(cancel).not.toHaveBeenCalled();
  transport.emit("dataset.preparing", progressOf("/photos", 2));
  await preparing.cancel();
  expect(cancel).toHaveBeenCalledWith({ source: "/photos" });
  expect([preparing.progress, preparing.problem]).toEqual([null, null]);
});

test("what was asked for before the page was loaded is shown until it has ended", async () => {
  const { promise, resolve } = Promise.withResolvers();
  const progress = progressOf("/photos", 4);
  const work = { command: "datasets.add", payload: { source: photos }, progress } as const;
  const { preparing } = open(exampleWork(work, () => promise));
  await vi.waitFor(() => {
    expect(preparing.progress).toEqual(progress);
  });
  resolve(exampleDataset());
  await vi.waitFor(() => {
    expect(preparing.progress).toBeNull();
  });
});
