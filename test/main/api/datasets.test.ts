import { mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Api } from "../../../main/api/api.ts";
import { openApi } from "../../../main/api/open.ts";
import type { PreparationProgress } from "../../../main/contract/events.ts";
import type { Augmentation } from "../../../main/spec/augmentation.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { fakeHost } from "../../support/fake-host.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { idxFile } from "../../support/idx-file.ts";
import { plainPng } from "../../support/pictures.ts";
import { zipFile } from "../../support/zip-file.ts";

let api: Api | null = null;

afterEach(async () => {
  await api?.close();
  api = null;
});

const size = { height: 8, width: 8, channels: 1 as const };

function pictures(count: number): string {
  const folder = join(temporaryFolder(), "faces");
  mkdirSync(folder);
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.png`), plainPng({ value: i }));
  return folder;
}

async function opened(home = temporaryFolder()) {
  api = await openApi({ home });
  const seen: PreparationProgress[] = [];
  api.subscribe("dataset.preparing", (progress) => seen.push(progress));
  return { api, home, seen };
}

describe("a data set that is being added", () => {
  it("tells how far it is, up to the last file, and nothing when it is added again", async () => {
    const { api, seen } = await opened();
    const source = pictures(30);
    const info = await api.invoke("datasets.add", { source, image: size });
    expect(seen.at(-1)).toMatchObject({ source, stage: "pictures", done: 30, total: 30 });
    expect(await api.invoke("datasets.get", { id: info.id })).toMatchObject(info);
    seen.splice(0);
    await api.invoke("datasets.add", { source, image: size });
    expect(seen).toEqual([]);
  });

  it("is called off by what was given, keeps nothing, and can be added later", async () => {
    const { api, home, seen } = await opened();
    const source = pictures(60);
    const cancelled: unknown[] = [];
    const stop = api.subscribe("dataset.preparing", () => {
      stop();
      cancelled.push(api.invoke("datasets.cancelAdd", { source }));
    });
    await expect(api.invoke("datasets.add", { source, image: size })).rejects.toMatchObject({
      code: "download.cancelled",
    });
    expect(await Promise.all(cancelled)).toEqual([{ cancelled: true }]);
    expect(seen.every(({ done }) => done < 60)).toBe(true);
    expect(readdirSync(join(home, "cache"))).toEqual([]);
    expect((await api.invoke("datasets.list", {})).datasets).toHaveLength(1);
    const added = await api.invoke("datasets.add", { source, image: size });
    expect(added.length).toBe(60);
  });

  it("is none where nothing is being added, or another is", async () => {
    const { api } = await opened();
    const adding = api.invoke("datasets.add", { source: pictures(20), image: size });
    const none = await api.invoke("datasets.cancelAdd", { source: "/other" });
    expect(none).toEqual({ cancelled: false });
    expect((await adding).length).toBe(20);
  });

  it("may be a ZIP archive of IDX files, which is found again after a restart", async () => {
    const { api, home, seen } = await opened();
    const path = join(temporaryFolder(), "mnist.zip");
    const content = idxFile([2, 2, 2], Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]));
    writeFileSync(path, zipFile([{ name: "train-images-idx3-ubyte", content }]));
    const info = await api.invoke("datasets.add", { source: path });
    expect(info).toMatchObject({ name: "mnist", length: 2, source: { kind: "idx", path } });
    expect(seen.at(-1)).toMatchObject({ stage: "unpacking", done: content.length });
    const kept = readdirSync(join(home, "cache"));
    await api.close();
    const again = await opened(home);
    expect(readdirSync(join(home, "cache"))).toEqual(kept);
    const preview = await again.api.invoke("datasets.preview", { id: info.id, count: 1 });
    expect([...preview.pixels]).toEqual([1, 2, 3, 4]);
  });
});

it("tells of every file that was left out, also after a restart", async () => {
  const { api, home } = await opened();
  const source = pictures(3);
  const at = (name: string) => join(source, name);
  writeFileSync(at("broken.jpg"), Buffer.from("\xff\xd8\xff\xe0 no picture", "latin1"));
  writeFileSync(at("text.png"), "a text");
  writeFileSync(at("empty.png"), "");
  writeFileSync(at("short.png"), plainPng({ side: 40 }));
  truncateSync(at("short.png"), 60);
  writeFileSync(at("huge.png"), plainPng({ claimed: 100_000 }));
  const added = await api.invoke("datasets.add", { source, image: size });
  await api.close();
  const again = await opened(home);
  const {
    length,
    unusable = [],
    unusableCount,
  } = await again.api.invoke("datasets.get", {
    id: added.id,
  });
  expect({ length, unusableCount }).toEqual({ length: 3, unusableCount: 5 });
  expect(Object.fromEntries(unusable.map(({ file, reason }) => [file, reason]))).toEqual({
    "broken.jpg": "it is cut off or damaged",
    "empty.png": "it is empty",
    "huge.png": "it claims 100,000×100,000 pixels, too many to decode",
    "short.png": "it is cut off or damaged",
    "text.png": "it is not a PNG, JPEG, WebP or BMP picture, whatever its name says",
  });
});

it("keeps the name and the place in the list that it was given when it is trained on or added again", async () => {
  const { api } = await opened();
  const source = pictures(2);
  const named = await api.invoke("datasets.add", { source, image: size, name: "My faces" });
  await api.invoke("datasets.add", { source: pictures(3), image: size });
  const { datasets: before } = await api.invoke("datasets.list", {});
  expect(await api.invoke("datasets.add", { source, image: size })).toEqual(named);
  expect(await api.invoke("datasets.add", { source: named.source })).toEqual(named);
  expect((await api.invoke("datasets.list", {})).datasets).toEqual(before);
  const larger = { ...size, height: 9 };
  expect((await api.invoke("datasets.add", { source, image: larger })).name).toBe("My faces");
  const renamed = await api.invoke("datasets.add", { source, image: size, name: "Theirs" });
  expect(renamed).toEqual({ ...named, name: "Theirs" });
});

it("does not know a data set that is not there", async () => {
  const { api } = await opened();
  expect(await api.invoke("datasets.get", { id: "digits" })).toMatchObject({ id: "digits" });
  const code = "data.unknown";
  await expect(api.invoke("datasets.get", { id: "none" })).rejects.toMatchObject({ code });
  const preview = api.invoke("datasets.preview", { id: "none", count: 1 });
  await expect(preview).rejects.toMatchObject({ code });
});

describe("a data set that is removed", () => {
  it("takes what was prepared for it along, and leaves the files and all others", async () => {
    const { api, home } = await opened();
    const [faces, others] = [pictures(2), pictures(3)];
    const cache = join(home, "cache");
    const { id } = await api.invoke("datasets.add", { source: faces, image: size });
    const before = readdirSync(cache);
    await api.invoke("datasets.add", { source: others, image: size });
    const large = { ...size, height: 16, width: 16 };
    await api.invoke("datasets.add", { source: faces, image: large });
    expect(await api.invoke("datasets.remove", { id })).toEqual({ id });
    expect(readdirSync(cache)).toHaveLength(4);
    expect(readdirSync(cache).filter((name) => before.includes(name))).toEqual([]);
    expect(readdirSync(faces)).toHaveLength(2);
    expect((await api.invoke("datasets.list", {})).datasets).toHaveLength(3);
    const code = "data.unknown";
    await expect(api.invoke("datasets.remove", { id })).rejects.toMatchObject({ code });
    await expect(api.invoke("datasets.remove", { id: "digits" })).rejects.toMatchObject({ code });
  });

  it("keeps an unpacked archive that another data set is read from", async () => {
    const { api, home } = await opened();
    const path = join(temporaryFolder(), "lines.zip");
    writeFileSync(path, zipFile([{ name: "a.csv", content: Buffer.from("1,2,3,4\n") }]));
    const { id, source } = await api.invoke("datasets.add", { source: path });
    if (source.kind !== "csv") throw new Error("not a CSV");
    await api.invoke("datasets.add", { source: { ...source, height: 1, width: 4 } });
    const unpacked = () => readdirSync(join(home, "cache")).map((name) => name.split("-")[0]);
    await api.invoke("datasets.remove", { id });
    expect(unpacked()).toEqual(["csv", "csv", "unpacked"]);
  });
});

it("is not removed while a run trains on it", async () => {
  const { host, sessions } = fakeHost();
  api = await openApi({ home: temporaryFolder(), sessions: host, restarts: 0 });
  const path = join(temporaryFolder(), "a.idx3");
  writeFileSync(path, idxFile([200, 28, 28], new Uint8Array(200 * 784)));
  const { id, source } = await api.invoke("datasets.add", { source: path });
  const small = smallSpecification();
  const specification = { ...small, data: { ...small.data, source } };
  const run = await api.invoke("runs.start", { specification, engine: "wasm" });
  await expect(api.invoke("datasets.remove", { id })).rejects.toMatchObject({
    code: "run.state",
    message: `The run ${run.id} trains on ${id}; stop it first.`,
  });
  sessions.at(-1)?.exit();
  await expect.poll(() => api?.invoke("datasets.remove", { id }).catch(() => null)).toEqual({ id });
});

it("calls off what is being added when it closes", async () => {
  const { api, home } = await opened();
  const adding = api.invoke("datasets.add", { source: pictures(200), image: size });
  const failed = expect(adding).rejects.toMatchObject({ code: "download.cancelled" });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  api.subscribe("dataset.preparing", () => {
    resolve(undefined);
  });
  await promise;
  await api.close();
  await failed;
  expect(readdirSync(join(home, "cache"))).toEqual([]);
});

it("opens with a cache that holds what its data sets need, and no more", async () => {
  const { api, home } = await opened();
  const [kept, gone] = [pictures(2), pictures(3)];
  await api.invoke("datasets.add", { source: kept, image: size });
  const cache = join(home, "cache");
  const wanted = readdirSync(cache);
  // Prepared, but never stored as a data set: as by a crash.
  await api.close();
  const { inspectDataset } = await import("../../../main/data/open.ts");
  await inspectDataset({ kind: "folder", path: gone, filter: "", ...size }, cache);
  expect(readdirSync(cache)).toHaveLength(4);
  await opened(home);
  expect(readdirSync(cache)).toEqual(wanted);
});

it("shows the first images as an augmentation changes them, by their seed", async () => {
  const { api } = await opened();
  const asked = { id: "digits", count: 8 };
  const plain = await api.invoke("datasets.preview", asked);
  const augmentation: Augmentation = {
    ...{ kind: "affine", flip: false, rotation: 20, smallest: 1, largest: 1 },
    ...{ translation: 2, background: "black" },
  };
  const changed = (seed: number) =>
    api.invoke("datasets.preview", { ...asked, augmentation, seed });
  const [first, again, other] = [await changed(1), await changed(1), await changed(2)];
  expect(first).toMatchObject({ count: 8, height: 28, width: 28, channels: 1 });
  expect(first.pixels).toEqual(again.pixels);
  expect(first.pixels).not.toEqual(plain.pixels);
  expect(first.pixels).not.toEqual(other.pixels);
});
