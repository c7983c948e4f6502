import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { durableWrite, removeStaleTemporaryFiles } from "../../../main/files/durable-write.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { faultyFileSystem } from "./support/faulty-file-system.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return thrown as Problem;
}

describe("durableWrite", () => {
  it("writes bytes and says how many they were and what they add up to", async () => {
    const path = join(temporaryFolder(), "file");
    const written = await durableWrite(path, bytesOf("content"));
    expect(readFileSync(path, "utf8")).toBe("content");
    expect(written).toEqual({ bytes: 7, sha256: sha256(bytesOf("content")) });
  });

  it("writes pieces of any size in their order, from lists and from streams", async () => {
    const folder = temporaryFolder();
    const large = new Uint8Array(9 * 1024 * 1024).map((_, index) => index % 251);
    const pieces = [bytesOf("a"), new Uint8Array(0), large, bytesOf("z")];
    const whole = Buffer.concat(pieces);
    async function* stream() {
      for (const piece of pieces) yield await Promise.resolve(piece);
    }
    const fromList = await durableWrite(join(folder, "list"), pieces);
    const fromStream = await durableWrite(join(folder, "stream"), stream());
    expect(fromList).toEqual({ bytes: whole.length, sha256: sha256(whole) });
    expect(fromStream).toEqual(fromList);
    expect(readFileSync(join(folder, "list")).equals(whole)).toBe(true);
    expect(readFileSync(join(folder, "stream")).equals(whole)).toBe(true);
  });

  it("writes an empty file", async () => {
    const path = join(temporaryFolder(), "empty");
    expect(await durableWrite(path, [])).toEqual({ bytes: 0, sha256: sha256(new Uint8Array(0)) });
    expect(readFileSync(path)).toHaveLength(0);
  });

  it("replaces what was there, and leaves no other file", async () => {
    const folder = temporaryFolder();
    await durableWrite(join(folder, "file"), bytesOf("old and longer"));
    await durableWrite(join(folder, "file"), bytesOf("new"));
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("goes on after writes that the system cut short", async () => {
    const path = join(temporaryFolder(), "file");
    const system = faultyFileSystem([]);
    const short = {
      ...system,
      open: async (name: string, flags: string) => {
        const file = await system.open(name, flags);
        return {
          ...file,
          write: (bytes: Uint8Array, offset: number, length: number) =>
            file.write(bytes, offset, Math.min(length, 3)),
        };
      },
    };
    await durableWrite(path, bytesOf("ten letters"), { system: short });
    expect(readFileSync(path, "utf8")).toBe("ten letters");
  });

  it("syncs the content before it has its name, and the folder after", async () => {
    const calls: string[] = [];
    const path = join(temporaryFolder(), "file");
    await durableWrite(path, bytesOf("content"), { system: faultyFileSystem(calls) });
    expect(calls).toEqual([
      "lstat",
      "open file",
      "write file",
      "sync file",
      "close file",
      "rename",
      "open folder",
      "sync folder",
      "close folder",
    ]);
  });

  it("writes a name of the greatest length that the system permits", async () => {
    const folder = temporaryFolder();
    const name = "n".repeat(255);
    await durableWrite(join(folder, name), bytesOf("content"));
    expect(readdirSync(folder)).toEqual([name]);
  });

  it("replaces a link instead of writing to where it points", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "elsewhere"), "untouched");
    symlinkSync(join(folder, "elsewhere"), join(folder, "link"));
    await durableWrite(join(folder, "link"), bytesOf("content"));
    expect(readFileSync(join(folder, "elsewhere"), "utf8")).toBe("untouched");
    expect(readFileSync(join(folder, "link"), "utf8")).toBe("content");
  });
});

describe("durableWrite, told not to overwrite", () => {
  it("writes a free name", async () => {
    const folder = temporaryFolder();
    await durableWrite(join(folder, "file"), bytesOf("content"), { overwrite: false });
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("content");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("refuses a taken name before it reads the content", async () => {
    const path = join(temporaryFolder(), "file");
    writeFileSync(path, "old");
    let isRead = false;
    function* content() {
      isRead = true;
      yield bytesOf("new");
    }
    const problem = await problemOf(durableWrite(path, content(), { overwrite: false }));
    expect(problem.code).toBe("file.exists");
    expect(problem.message).toContain(path);
    expect(isRead).toBe(false);
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  it("refuses a name that was taken while it wrote", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "file");
    function* content() {
      writeFileSync(path, "faster");
      yield bytesOf("new");
    }
    const problem = await problemOf(durableWrite(path, content(), { overwrite: false }));
    expect(problem.code).toBe("file.exists");
    expect(readFileSync(path, "utf8")).toBe("faster");
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("writes on disks that know no links", async () => {
    const folder = temporaryFolder();
    const system = faultyFileSystem([], { at: 5, code: "EPERM", forever: false });
    await durableWrite(join(folder, "file"), bytesOf("content"), { overwrite: false, system });
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("content");
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe("durableWrite, when the system fails", () => {
  const failures = [
    ["ENOSPC", "disk.full"],
    ["EDQUOT", "disk.full"],
    ["EIO", "file.unwritable"],
    ["EMFILE", "file.unwritable"],
    ["EROFS", "file.unwritable"],
    ["EACCES", "file.unwritable"],
    ["EFBIG", "file.unwritable"],
    ["EUNHEARDOF", "file.unwritable"],
  ] as const;

  for (const forever of [false, true]) {
    it(`keeps the old content or has the whole new one, whichever call fails ${forever ? "from then on" : "once"}`, async () => {
      for (const [code, expected] of failures) {
        for (let at = 0; ; at++) {
          const folder = temporaryFolder();
          const path = join(folder, "file");
          writeFileSync(path, "old");
          const calls: string[] = [];
          const system = faultyFileSystem(calls, { at, code, forever });
          const write = durableWrite(path, bytesOf("new"), { system });
          if (at === 9) {
            await write;
            expect(readFileSync(path, "utf8")).toBe("new");
            break;
          }
          // A folder may let one create in it without letting one read it.
          const isForgiven = code === "EACCES" && at === 6;
          if (isForgiven) {
            await write;
            expect(calls[at]).toBe("open folder");
            expect(readFileSync(path, "utf8")).toBe("new");
            continue;
          }
          const problem = await problemOf(write);
          const failed = calls[at] ?? "";
          expect.soft(problem.code, `${code} at ${failed}`).toBe(expected);
          expect.soft(problem.message).toContain(path);
          const isPlaced = failed.endsWith("folder");
          expect.soft(readFileSync(path, "utf8"), failed).toBe(isPlaced ? "new" : "old");
          // Only a system that refuses the removal too may keep the temporary file.
          if (!forever) expect.soft(readdirSync(folder), failed).toEqual(["file"]);
          await removeStaleTemporaryFiles(folder);
          expect.soft(readdirSync(folder), failed).toEqual(["file"]);
        }
      }
    });
  }

  it("waits for a virus scanner on Windows, and asks no folder to sync there", async () => {
    const path = join(temporaryFolder(), "file");
    const calls: string[] = [];
    const system = faultyFileSystem(calls, { at: 5, code: "EBUSY", forever: false }, "win32");
    await durableWrite(path, bytesOf("content"), { system });
    expect(readFileSync(path, "utf8")).toBe("content");
    expect(calls.slice(5)).toEqual(["rename", "rename"]);
  });

  it("does not wait elsewhere", async () => {
    const folder = temporaryFolder();
    const calls: string[] = [];
    const system = faultyFileSystem(calls, { at: 5, code: "EPERM", forever: false });
    await problemOf(durableWrite(join(folder, "file"), bytesOf("content"), { system }));
    expect(calls.filter((call) => call === "rename")).toHaveLength(1);
  });

  it("accepts a disk that cannot sync folders", async () => {
    const path = join(temporaryFolder(), "file");
    const system = faultyFileSystem([], { at: 7, code: "EINVAL", forever: false });
    await durableWrite(path, bytesOf("content"), { system });
    expect(readFileSync(path, "utf8")).toBe("content");
  });

  it("passes on what the content's own source throws, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    const failure = new Error("the source failed");
    // eslint-disable-next-line require-yield -- a source may fail at once
    function* content(): Generator<Uint8Array> {
      throw failure;
    }
    await expect(durableWrite(join(folder, "file"), content())).rejects.toBe(failure);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says what to do about a folder that is missing, a name that is a folder, a path through a file", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "folder"));
    writeFileSync(join(folder, "plain"), "");
    const cases = [
      [join(folder, "missing", "file"), "the folder does not exist; create it"],
      [join(folder, "folder"), "it is not a file"],
      [join(folder, "plain", "file"), "part of its path is a file"],
      [join(folder, "n".repeat(256)), "its name is too long"],
      [join(folder, "zero\0byte"), "not a valid path"],
    ] as const;
    for (const [path, text] of cases) {
      const problem = await problemOf(durableWrite(path, bytesOf("content")));
      expect.soft(problem.code).toBe("file.unwritable");
      expect.soft(problem.message).toContain(text);
    }
  });
});

describe("removeStaleTemporaryFiles", () => {
  it("removes what a killed write left, and no other file", async () => {
    const folder = temporaryFolder();
    const stale = ".step-000000390.png.4711-0123456789ab.tmp";
    const others = [".hidden", "mine.tmp", ".mine.tmp", "x.4711-0123456789ab.tmp", stale];
    for (const name of others) writeFileSync(join(folder, name), "");
    expect(await removeStaleTemporaryFiles(folder)).toEqual([stale]);
    expect(readdirSync(folder)).toHaveLength(others.length - 1);
    expect(readdirSync(folder)).not.toContain(stale);
  });

  it("removes what a killed write of a folder left", async () => {
    const folder = temporaryFolder();
    const stale = ".lsgan-dc-export.4711-0123456789ab.tmp";
    const former = ".lsgan-dc-export.former-4711-0123456789ab.tmp";
    for (const name of [stale, former]) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "model.onnx"), "");
    }
    expect(await removeStaleTemporaryFiles(folder)).toEqual([stale]);
    // What stood there before the write is not the write's.
    expect(readdirSync(folder)).toEqual([former]);
  });

  it("finds nothing in a folder that does not exist", async () => {
    expect(await removeStaleTemporaryFiles(join(temporaryFolder(), "missing"))).toEqual([]);
  });
});
