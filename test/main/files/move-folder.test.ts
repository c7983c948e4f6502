import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { moveFolderNow } from "../../../main/files/move-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A disk of its own, where this system has one for everybody. */
const otherDisk = "/dev/shm";

function elsewhere(): string {
  const folder = mkdtempSync(join(otherDisk, "gan-studio-test-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe.each([
  ["on one disk", temporaryFolder, true],
  ["to another disk", elsewhere, existsSync(otherDisk)],
] as const)("moving a folder %s", (_, target, isThere) => {
  it.skipIf(!isThere)("takes all that is in it along and leaves nothing behind", () => {
    const from = join(temporaryFolder(), "run-1");
    const parent = target();
    mkdirSync(join(from, "samples"), { recursive: true });
    writeFileSync(join(from, "samples", "a.png"), "picture");
    writeFileSync(join(from, "run.json"), "{}");
    const to = join(parent, "run-1");
    moveFolderNow(from, to);
    expect(existsSync(from)).toBe(false);
    expect(readFileSync(join(to, "samples", "a.png"), "utf8")).toBe("picture");
    expect(readdirSync(parent)).toEqual(["run-1"]);
    expect(readdirSync(to).sort()).toEqual(["run.json", "samples"]);
  });

  it.skipIf(!isThere)("keeps what is there already, and what should have been moved", () => {
    const from = join(temporaryFolder(), "run-1");
    const parent = target();
    for (const folder of [from, join(parent, "run-1")]) {
      mkdirSync(folder);
      writeFileSync(join(folder, "run.json"), folder);
    }
    expect(() => {
      moveFolderNow(from, join(parent, "run-1"));
    }).toThrow();
    expect(readFileSync(join(from, "run.json"), "utf8")).toBe(from);
    expect(readdirSync(parent)).toEqual(["run-1"]);
  });
});
