import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readVerified } from "../../../main/files/read-verified.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const content = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
const checksum = createHash("sha256").update(content).digest("hex");

describe("readVerified", () => {
  it("reads a file that is as it was written", async () => {
    const path = join(temporaryFolder(), "file");
    writeFileSync(path, content);
    expect(Buffer.compare(await readVerified(path, checksum), content)).toBe(0);
  });

  it("reads a file of several pieces", async () => {
    const path = join(temporaryFolder(), "file");
    const large = randomBytes(33_000_001);
    writeFileSync(path, large);
    const sha256 = createHash("sha256").update(large).digest("hex");
    expect(large.equals(await readVerified(path, sha256))).toBe(true);
  });

  it("refuses a file that was cut, changed by a bit, made longer, removed or replaced by a folder", async () => {
    const path = join(temporaryFolder(), "file");
    const changed = content.slice();
    changed[500]! ^= 4;
    const wrong = [content.subarray(0, 999), content.subarray(0, 0), changed, [...content, 0]];
    for (const bytes of wrong) {
      writeFileSync(path, Uint8Array.from(bytes));
      await expect.soft(readVerified(path, checksum)).rejects.toMatchObject({
        code: "checkpoint.damaged",
        message: `The checkpoint ${path} is not what was written: its checksum differs. Use an earlier epoch.`,
      });
    }
    rmSync(path);
    await expect(readVerified(path, checksum)).rejects.toThrow(/is missing/);
    mkdirSync(path);
    await expect(readVerified(path, checksum)).rejects.toThrow(/cannot be read/);
  });
});
