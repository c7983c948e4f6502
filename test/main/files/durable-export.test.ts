import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFolder, type FolderSystem } from "../../../main/files/durable-export.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const text = (content: string) => new TextEncoder().encode(content);
const files = [
  { path: "a.txt", content: text("first") },
  { path: "inner/deep/b.txt", content: text("second") },
];

/** All that lies below a folder, hidden things too. */
const all = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

/** The real one, but its `n`-th operation of a kind fails. */
function failing(kind: "open" | "write" | "sync" | "rename" | "mkdir", n: number): FolderSystem {
  let left = n;
  const strike = (what: typeof kind) => {
    if (what !== kind) return;
    left--;
    if (left === 0) throw Object.assign(new Error("no space"), { code: "ENOSPC", syscall: what });
  };
  return {
    platform: "linux",
    async open(path, flags) {
      strike("open");
      const handle = await open(path, flags);
      return {
        async write(bytes, offset, length) {
          strike("write");
          // Less than was asked for, as systems may.
          return handle.write(bytes, offset, Math.min(2, length));
        },
        async sync() {
          strike("sync");
          await handle.sync();
        },
        close: () => handle.close(),
      };
    },
    async mkdir(path) {
      strike("mkdir");
      await mkdir(path);
    },
    async rename(from, to) {
      strike("rename");
      await rename(from, to);
    },
    remove: (path) => rm(path, { recursive: true, force: true }),
  };
}

test("a folder is written with all that is in it, and nothing beside it", async () => {
  const folder = temporaryFolder();
  await writeFolder(join(folder, "new", "export"), files);
  expect(all(folder)).toEqual([
    ...["new", "new/export", "new/export/a.txt"],
    ...["new/export/inner", "new/export/inner/deep", "new/export/inner/deep/b.txt"],
  ]);
  expect(readFileSync(join(folder, "new/export/inner/deep/b.txt"), "utf8")).toBe("second");
});

test("an empty folder is filled, another one only where it may be replaced", async () => {
  const folder = temporaryFolder();
  const target = join(folder, "export");
  mkdirSync(target);
  await writeFolder(target, files);
  await expect(writeFolder(target, files)).rejects.toMatchObject({ code: "file.exists" });
  const seen: string[] = [];
  await writeFolder(target, [{ path: "c.txt", content: text("third") }], (names) => {
    seen.push(...names);
    return true;
  });
  expect(seen.sort()).toEqual(["a.txt", "inner"]);
  expect(all(folder)).toEqual(["export", "export/c.txt"]);
});

test("a file in its place is refused", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "export"), "mine");
  await expect(writeFolder(join(folder, "export"), files, () => true)).rejects.toMatchObject({
    code: "file.exists",
  });
  expect(readFileSync(join(folder, "export"), "utf8")).toBe("mine");
});

test("a path that leads out of the folder is not written", async () => {
  const folder = temporaryFolder();
  const outside = [{ path: "../outside.txt", content: text("x") }];
  await expect(writeFolder(join(folder, "export"), outside)).rejects.toThrow(RangeError);
  expect(all(folder)).toEqual([]);
});

const blows = [
  ...([1, 2, 3, 4, 5] as const).map((n) => ["open", n] as const),
  ...([1, 3, 5] as const).map((n) => ["write", n] as const),
  ...([1, 2, 3, 4, 5] as const).map((n) => ["sync", n] as const),
  ...([1, 2, 3] as const).map((n) => ["mkdir", n] as const),
  ["rename", 1] as const,
];
for (const [kind, n] of blows) {
  test(`when the disk is full at ${kind} number ${n}, nothing is left`, async () => {
    const folder = temporaryFolder();
    await expect(
      writeFolder(join(folder, "export"), files, () => true, failing(kind, n)),
    ).rejects.toMatchObject({ code: "disk.full" });
    expect(all(folder)).toEqual([]);
  });
}

for (const n of [1, 2]) {
  test(`when rename number ${n} of a replacement fails, the former export is back`, async () => {
    const folder = temporaryFolder();
    const target = join(folder, "export");
    await writeFolder(target, files);
    const next = [{ path: "c.txt", content: text("third") }];
    await expect(writeFolder(target, next, () => true, failing("rename", n))).rejects.toMatchObject(
      { code: "disk.full" },
    );
    expect(all(folder)).toHaveLength(5);
    expect(readFileSync(join(target, "a.txt"), "utf8")).toBe("first");
  });
}

test("when the former export cannot be put back either, the sentence says where it is", async () => {
  const folder = temporaryFolder();
  const target = join(folder, "export");
  await writeFolder(target, files);
  let renames = 0;
  const system: FolderSystem = {
    ...failing("rename", Infinity),
    async rename(from, to) {
      renames++;
      if (renames > 1) throw Object.assign(new Error("held"), { code: "EPERM", syscall: "rename" });
      await rename(from, to);
    },
  };
  const thrown: unknown = await writeFolder(target, files, () => true, system).catch(
    (problem: unknown) => problem,
  );
  const [former = ""] = readdirSync(folder);
  expect(former).toMatch(/^\.export\.former-/);
  expect(thrown).toMatchObject({ code: "file.unwritable" });
  expect((thrown as Error).message).toContain(join(folder, former));
});
