import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sweepCache } from "../../../main/data/cache.ts";
import { inspectDataset } from "../../../main/data/open.ts";
import type { DataSource } from "../../../main/spec/data.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { idxFile } from "../../support/idx-file.ts";
import { plainPng } from "../../support/pictures.ts";
import { zipFile } from "../../support/zip-file.ts";

/** A source of each kind that keeps something in the cache. */
function sources(folder: string): DataSource[] {
  const path = (name: string) => join(folder, name);
  mkdirSync(path("faces"));
  writeFileSync(join(path("faces"), "1.png"), plainPng({}));
  writeFileSync(path("a.csv"), "1,2,3,4\n");
  const content = idxFile([1, 2, 2], Uint8Array.from([1, 2, 3, 4]));
  writeFileSync(path("a.zip"), zipFile([{ name: "a.idx3", content }]));
  const zippedLines = [{ name: "a.csv", content: Buffer.from("1,2,3,4\n") }];
  writeFileSync(path("b.zip"), zipFile(zippedLines));
  const csv = { kind: "csv", height: 2, width: 2, channels: 1, label: "none" } as const;
  return [
    { kind: "folder", path: path("faces"), filter: "", height: 8, width: 8, channels: 1 },
    { ...csv, path: path("a.csv") },
    { kind: "idx", path: path("a.zip") },
    { ...csv, path: path("b.zip") },
  ];
}

async function filled() {
  const folder = temporaryFolder();
  const all = sources(folder);
  const cache = join(folder, "cache");
  const names: string[][] = [];
  for (const source of all) {
    const before = existsSync(cache) ? readdirSync(cache) : [];
    await inspectDataset(source, cache);
    names.push(readdirSync(cache).filter((name) => !before.includes(name)));
  }
  return { all, cache, names };
}

it("is swept of what belongs to no data set, whatever the kind", async () => {
  const { all, cache, names } = await filled();
  expect(names.map(({ length }) => length)).toEqual([2, 2, 1, 3]);
  expect(sweepCache(cache, all)).toEqual([]);
  for (const [at, own] of names.entries()) {
    const others = all.filter((_, i) => i > at);
    expect(sweepCache(cache, others).sort()).toEqual(own.sort());
  }
  expect(readdirSync(cache)).toEqual([]);
});

it("keeps the pictures of one size when those of another go", async () => {
  const folder = temporaryFolder();
  const [small] = sources(folder) as [DataSource & { kind: "folder" }];
  const cache = join(folder, "cache");
  await inspectDataset(small, cache);
  const large = { ...small, height: 16, width: 16 };
  await inspectDataset(large, cache);
  expect(sweepCache(cache, [large])).toHaveLength(2);
  expect(readdirSync(cache)).toHaveLength(2);
});

it("is left alone where it holds what is not its own, or is not there", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "pictures-of-my-cat.png"), "");
  writeFileSync(join(folder, "notes.json"), "");
  expect(sweepCache(folder, [])).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(sweepCache(join(folder, "none"), [])).toEqual([]);
});
