/** Stamps: what counts as unchanged, and that half a file counts as none. */
import { existsSync, symlinkSync, unlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  fileMarks,
  filesUnder,
  hashOf,
  marksHold,
  readStamp,
  writeStamp,
} from "../../../scripts/setup/stamp.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { write } from "../support.ts";

describe("a stamp", () => {
  it("is read back as it was written, in a folder that did not exist", () => {
    const path = join(temporaryFolder(), "deep", "stamp.json");
    writeStamp(path, { key: "a" });
    expect(readStamp(path)).toEqual({ key: "a" });
    expect(existsSync(`${path}.${process.pid}.tmp`)).toBe(false);
  });

  it.each(["", "{", "null", "3"])("that holds %j counts as none", (text) => {
    const path = join(temporaryFolder(), "stamp.json");
    write(path, text);
    expect(readStamp(path)).toBeNull();
  });
});

describe("file marks", () => {
  it("hold while nothing changes", () => {
    const file = join(temporaryFolder(), "library");
    write(file, "abc");
    expect(marksHold(fileMarks([file]))).toBe(true);
  });

  it("break when a file grows, is touched or goes away", () => {
    const file = join(temporaryFolder(), "library");
    write(file, "abc");
    const marks = fileMarks([file]);
    write(file, "abcd");
    expect(marksHold(marks)).toBe(false);
    const again = fileMarks([file]);
    utimesSync(file, 1, 1);
    expect(marksHold(again)).toBe(false);
    unlinkSync(file);
    expect(marksHold(fileMarks([file]))).toBe(false);
  });

  it("break when a link's target goes away", () => {
    const folder = temporaryFolder();
    const target = join(folder, "target");
    write(target, "abc");
    symlinkSync(target, join(folder, "link"));
    const marks = fileMarks([join(folder, "link")]);
    unlinkSync(target);
    expect(marksHold(marks)).toBe(false);
  });

  it("never hold when there are none", () => {
    expect(marksHold({})).toBe(false);
    expect(marksHold(undefined)).toBe(false);
  });
});

describe("a hash", () => {
  it("tells where one part ends and the next begins", () => {
    expect(hashOf(["ab", "c"])).not.toBe(hashOf(["a", "bc"]));
  });
});

describe("files under a folder", () => {
  it("are all listed in one order, and what is not there is left out", () => {
    const folder = temporaryFolder();
    for (const name of ["b", "a/2", "a/1"]) write(join(folder, name));
    expect(filesUnder([folder, join(folder, "none")])).toEqual(
      ["a/1", "a/2", "b"].map((name) => join(folder, name)),
    );
  });
});
