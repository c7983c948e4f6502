import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { unzipSync } from "fflate";
import { fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import { describe, expect, it } from "vitest";
import { zipFrame } from "../../../main/files/zip-write.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const at = new Date(Date.UTC(2026, 10, 22, 9, 45, 30));

function archive(files: Record<string, Buffer>): Buffer {
  const stored = Object.entries(files).map(([name, content]) => ({
    ...{ name, bytes: content.length, crc: crc32(content) },
  }));
  const { heads, tail, bytes } = zipFrame(stored, at);
  const contents = Object.values(files);
  const whole = Buffer.concat([...heads.flatMap((head, i) => [head, contents[i]!]), tail]);
  expect(whole.length).toBe(bytes);
  return whole;
}

const files = {
  "manifest.json": Buffer.from("{}"),
  "größe/ü.bin": Buffer.from([0, 1, 2, 255]),
  empty: Buffer.alloc(0),
};

describe("an archive of stored files", () => {
  it("is read by other programs", () => {
    const read = unzipSync(archive(files));
    expect(Object.keys(read)).toEqual(Object.keys(files));
    for (const [name, content] of Object.entries(files))
      expect(Buffer.from(read[name]!).equals(content), name).toBe(true);
  });

  it("has the same bytes each time, and none but its frame when nothing is in it", () => {
    expect(archive(files).equals(archive(files))).toBe(true);
    expect(Object.keys(unzipSync(archive({})))).toEqual([]);
  });

  it("is whole to Python's own checks, times and permissions included", ({ skip }) => {
    const path = join(temporaryFolder(), "a.zip");
    writeFileSync(path, archive(files));
    const program = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, i.date_time, oct(i.external_attr >> 16)] for i in z.infolist()]))`;
    let told: string;
    try {
      told = execFileSync("python3", ["-c", program, path], { encoding: "utf8" });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === "ENOENT") skip("there is no python3");
      throw thrown;
    }
    expect(JSON.parse(told)).toEqual(
      Object.keys(files).map((name) => [name, [2026, 11, 22, 9, 45, 30], "0o100644"]),
    );
  });

  it("may be larger than four gigabytes, with more than 65,535 files", async () => {
    const huge = 5 * 2 ** 30;
    const stored = [
      { name: "large", bytes: huge, crc: 1 },
      { name: "behind", bytes: 3, crc: 2 },
      ...Array.from({ length: 70_000 }, (_, i) => ({ name: `f${i}`, bytes: 0, crc: 0 })),
    ];
    const frame = zipFrame(stored, at);
    const read = await directoryOf(frame.tail, frame.bytes);
    expect(read).toHaveLength(70_002);
    expect(read[0]).toEqual({ name: "large", bytes: huge, at: 0 });
    const behind = frame.heads[0]!.length + huge;
    expect(read[1]).toEqual({ name: "behind", bytes: 3, at: behind });
    expect(read[2]?.at).toBe(behind + frame.heads[1]!.length + 3);
  });
});

/** What yauzl finds in an archive of which only the end is there. */
async function directoryOf(tail: Uint8Array, length: number) {
  class End extends RandomAccessReader {
    override read(
      buffer: Buffer,
      offset: number,
      bytes: number,
      position: number,
      callback: (error: Error | null) => void,
    ): void {
      const start = position - (length - tail.length);
      buffer.set(tail.subarray(start, start + bytes), offset);
      callback(start < 0 ? new Error("not there") : null);
    }
  }
  const zip = await fromRandomAccessReaderPromise(new End(), length, { autoClose: false });
  const found = [];
  for await (const entry of zip.eachEntry())
    found.push({
      name: entry.fileName,
      bytes: entry.uncompressedSize,
      at: entry.relativeOffsetOfLocalHeader,
    });
  return found;
}
