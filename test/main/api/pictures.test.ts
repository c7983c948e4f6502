import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Api } from "../../../main/api/api.ts";
import { openApi } from "../../../main/api/open.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { plainPng } from "../../support/pictures.ts";

let api: Api | null = null;

afterEach(async () => {
  await api?.close();
  api = null;
});

function pictures(): string {
  const folder = join(temporaryFolder(), "faces");
  for (const name of ["cat", "dog"]) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "1.png"), plainPng({ value: name === "cat" ? 5 : 9 }));
  }
  writeFileSync(join(folder, "dog", "2.png"), "no picture");
  return folder;
}

it("adds a folder of pictures with what it left out, and knows it after a restart", async () => {
  const home = temporaryFolder();
  const path = pictures();
  const size = { height: 8, width: 8, channels: 1 as const };
  api = await openApi({ home });
  const added = await api.invoke("datasets.add", { source: path, image: size });
  expect(added).toMatchObject({
    source: { kind: "folder", path, filter: "", ...size },
    ...{ name: "faces", image: size, length: 2 },
    ...{ classCounts: [1, 1], classNames: ["cat", "dog"], unusableCount: 1 },
    unusable: [{ file: "dog/2.png", reason: expect.stringMatching(/not a PNG/) as string }],
  });
  expect(readdirSync(join(home, "cache"))).toHaveLength(2);
  const { pixels } = await api.invoke("datasets.preview", { id: added.id, count: 9 });
  expect([pixels.length, pixels[0], pixels[64]]).toEqual([128, 5, 9]);
  await api.close();

  writeFileSync(join(home, "cache", `.a.1-${"0".repeat(12)}.tmp`), "of a crash");
  api = await openApi({ home });
  expect((await api.invoke("datasets.list", {})).datasets[1]).toMatchObject(added);
  expect(readdirSync(join(home, "cache"))).toHaveLength(2);
});

it("chooses pictures by a part of their name, and refuses that for one file", async () => {
  api = await openApi({ home: temporaryFolder() });
  const path = pictures();
  const added = await api.invoke("datasets.add", { source: path, filter: "1" });
  expect(added).toMatchObject({ length: 2, unusableCount: 0, image: { height: 64, width: 64 } });
  const file = join(path, "a.csv");
  writeFileSync(file, "1,2,3,4\n");
  await expect(api.invoke("datasets.add", { source: file, filter: "1" })).rejects.toMatchObject({
    code: "usage",
  });
});

it("takes a source as a specification has it", async () => {
  api = await openApi({ home: temporaryFolder() });
  const size = { height: 9, width: 12, channels: 3 as const };
  const source = { kind: "folder" as const, path: pictures(), filter: "", ...size };
  expect(await api.invoke("datasets.add", { source })).toMatchObject({ source, image: size });
});
