import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { segmentBytes, type Segment } from "../../../main/files/segments.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function read(segments: Segment[], start = 0): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of segmentBytes(segments, start)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function segments(): { path: string; all: Segment[] } {
  const path = join(temporaryFolder(), "middle");
  writeFileSync(path, "cdef");
  return { path, all: [Buffer.from("ab"), { path, bytes: 4 }, Buffer.alloc(0), Buffer.from("g")] };
}

describe("pieces and files as one file", () => {
  it("are read from any place to the end", async () => {
    const { all } = segments();
    for (let start = 0; start <= 8; start++)
      expect(await read(all, start), `from ${start}`).toBe("abcdefg".slice(start));
  });

  it("say when a file has become shorter, or went", async () => {
    const { path, all } = segments();
    truncateSync(path, 2);
    await expect(read(all)).rejects.toThrow(RangeError);
    await expect(read([{ path: `${path}x`, bytes: 1 }])).rejects.toMatchObject({ code: "ENOENT" });
  });
});
