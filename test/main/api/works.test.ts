import { expect, test } from "vitest";
import { createAnnouncer } from "../../../main/api/announcer.ts";
import { createWorks } from "../../../main/api/works.ts";
import { Problem } from "../../../main/spec/problem.ts";

function opened() {
  const announcer = createAnnouncer();
  const { follow, handlers } = createWorks(announcer);
  const list = async () => (await handlers["works.list"]({})).works;
  const join = async (id: string) => await handlers["works.join"]({ id });
  return { announcer, follow, list, join };
}

const searching = (id: string, done: number) => ({ id, done, total: 9, distance: 1 });

test("what lasts is listed until it is answered, oldest first", async () => {
  const { follow, list } = opened();
  const first = Promise.withResolvers<number>();
  follow("runs.evaluate", { id: "a" }, first.promise);
  follow("runs.evaluate", { id: "b" }, new Promise(() => undefined));
  expect(await list()).toMatchObject([
    { command: "runs.evaluate", payload: { id: "a" }, progress: null },
    { command: "runs.evaluate", payload: { id: "b" } },
  ]);
  first.resolve(1);
  await first.promise;
  expect(await list()).toMatchObject([{ payload: { id: "b" } }]);
});

test("what is answered at once, and what no one knows, is not listed", async () => {
  const { follow, list } = opened();
  follow("runs.list", {}, new Promise(() => undefined));
  follow("toString", {}, new Promise(() => undefined));
  expect(await list()).toEqual([]);
});

test("who joins gets the same answer", async () => {
  const { follow, list, join } = opened();
  const { promise, resolve } = Promise.withResolvers<string>();
  follow("system.bench", { preset: "p" }, promise);
  const [work] = await list();
  const joined = join(work?.id ?? "");
  resolve("measured");
  expect(await joined).toBe("measured");
  await expect(join(work?.id ?? "")).rejects.toMatchObject({ code: "run.state" });
});

test("a failure reaches who joined, and the work is gone from the list", async () => {
  const { follow, list, join } = opened();
  const { promise, reject } = Promise.withResolvers<string>();
  follow("runs.import", { path: "/a.ganrun" }, promise);
  const [work] = await list();
  const joined = join(work?.id ?? "");
  reject(new Problem("disk.full", "The disk is full."));
  await expect(joined).rejects.toMatchObject({ code: "disk.full" });
  expect(await list()).toEqual([]);
});

test("each work tells how far it is, of its own subject alone", async () => {
  const { announcer, follow, list } = opened();
  const never = new Promise(() => undefined);
  follow("explore.search", { id: "a" }, never);
  follow("explore.search", { id: "b" }, never);
  follow("runs.evaluate", { id: "a" }, never);
  announcer.announce("explore.searching", searching("a", 3));
  announcer.announce("explore.searching", searching("a", 4));
  expect((await list()).map(({ progress }) => progress)).toEqual([searching("a", 4), null, null]);
});

test("a data set that is made ready is known by its words, its path or its kind", async () => {
  const { announcer, follow, list } = opened();
  const never = new Promise(() => undefined);
  follow("datasets.add", { source: "~/pictures" }, never);
  follow("datasets.add", { source: { kind: "folder", path: "/pictures" } }, never);
  follow("datasets.add", { source: { kind: "digits" } }, never);
  const told = ["~/pictures", "/pictures", "digits"].map((source) => ({
    ...{ source, stage: "pictures" as const, done: 1, total: 2, secondsLeft: null },
  }));
  for (const progress of told) announcer.announce("dataset.preparing", progress);
  expect((await list()).map(({ progress }) => progress)).toEqual(told);
});
