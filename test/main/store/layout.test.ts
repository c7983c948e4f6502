import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkpointFile, sampleFile } from "../../../main/files/run-files.ts";
import { createRunFolder, runFile, runFolder, runFolders } from "../../../main/store/layout.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const home = join("data", "home");

describe("the layout of a data folder", () => {
  it("gives each run a folder, and each file a name that sorts by step", () => {
    expect(runFolder(home, "20260101-a1b2")).toBe(join(home, "runs", "20260101-a1b2"));
    expect(checkpointFile(390)).toBe("checkpoints/step-000000390.safetensors");
    expect(sampleFile(0)).toBe("samples/step-000000000.png");
    expect(sampleFile(2 ** 53 - 1)).toBe("samples/step-9007199254740991.png");
    expect(runFile(home, "a", checkpointFile(7))).toBe(
      join(home, "runs", "a", "checkpoints", "step-000000007.safetensors"),
    );
  });

  it("creates a run's folders, also when some exist", () => {
    const folder = temporaryFolder();
    expect(createRunFolder(folder, "a")).toBe(join(folder, "runs", "a"));
    createRunFolder(folder, "a");
    for (const path of runFolders(folder, "a")) expect(existsSync(path)).toBe(true);
  });

  it("joins no id that is not one", () => {
    const ids = [
      "",
      ".",
      "..",
      "../a",
      "a/b",
      "a\\b",
      "/a",
      "C:",
      "A",
      "-a",
      "a.b",
      "a\0",
      "a\n",
      "con",
      "nul",
      "lpt1",
      "x".repeat(65),
    ];
    const unknown = expect.objectContaining({ code: "run.unknown" }) as Error;
    for (const id of ids) {
      expect.soft(() => runFolder(home, id), id).toThrow(unknown);
      expect.soft(() => createRunFolder(home, id), id).toThrow(unknown);
      expect.soft(() => runFile(home, id, sampleFile(1)), id).toThrow(unknown);
    }
  });

  it("opens no file that is not a run's own", () => {
    const files = [
      "",
      "..",
      "../../studio.db",
      "checkpoints/../../a",
      "/etc/passwd",
      "samples\\step-000000001.png",
      "samples/step-1.png",
      "samples/step-000000001.png\n",
      "samples/step-000000001.exe",
    ];
    const damaged = expect.objectContaining({ code: "checkpoint.damaged" }) as Error;
    for (const file of files) expect.soft(() => runFile(home, "a", file), file).toThrow(damaged);
  });

  it("names no step that is not one", () => {
    for (const step of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
      expect.soft(() => checkpointFile(step)).toThrow(RangeError);
      expect.soft(() => sampleFile(step)).toThrow(RangeError);
    }
  });
});
