import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFolder } from "../../../main/files/durable-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("createFolder", () => {
  it.skipIf(process.platform === "win32")(
    "creates all that is missing, for this user alone",
    () => {
      const folder = join(temporaryFolder(), "a", "b", "c");
      createFolder(folder);
      expect(modeOf(folder)).toBe(0o700);
      expect(modeOf(join(folder, ".."))).toBe(0o700);
    },
  );

  it("leaves an existing folder and its permissions as they are", () => {
    const folder = join(temporaryFolder(), "shared");
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "file"), "");
    createFolder(folder);
    expect(existsSync(join(folder, "file"))).toBe(true);
    if (process.platform !== "win32") expect(modeOf(folder)).toBe(0o755);
  });

  it("says so when a file has the name, or part of the path is one", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(() => {
      createFolder(file);
    }).toThrow(/is a file, not a folder/);
    expect(() => {
      createFolder(join(file, "below"));
    }).toThrow(/is a file, not a folder/);
  });

  it.skipIf(!existsSync("/proc"))("fails, and soon, where the system knows no new folders", () => {
    expect(() => {
      createFolder("/proc/gan-studio/home");
    }).toThrow(/the folder does not exist|may not write|not permit/);
  });
});
