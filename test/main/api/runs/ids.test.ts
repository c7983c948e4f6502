import { describe, expect, it } from "vitest";
import { datedId, newRunId } from "../../../../main/api/runs/ids.ts";
import { createRunFolder } from "../../../../main/store/layout.ts";
import { insertRun } from "../../../../main/store/runs.ts";
import { openExample } from "../../store/support/example.ts";
import { newRun } from "../../store/support/values.ts";

const at = new Date(2026, 10, 22, 0, 30);

describe("a run's id", () => {
  it("names the preset, the day where the person is, and four letters", () => {
    const home = openExample();
    expect(newRunId(home, "lsgan-dc", at)).toMatch(/^lsgan-dc-261122-[0-9a-z]{4}$/);
    expect(newRunId(home, "../evil", at)).toMatch(/^run-261122-/);
    expect(datedId("group", new Date(2007, 0, 3))).toMatch(/^group-070103-/);
  });

  it("is never one that a run or a folder has, whose files would be written over", () => {
    const home = openExample();
    const draws = [1, 1, 2, 2, 3].map((byte) => Uint8Array.from([byte, byte, byte, byte]));
    const next = () => newRunId(home, null, at, () => draws.shift()!);
    insertRun(home, newRun({ id: next() }));
    const second = next();
    expect(second).toBe("run-261122-2222");
    createRunFolder(home.folder, second);
    expect(next()).toBe("run-261122-3333");
  });
});
