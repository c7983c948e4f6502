/** A real disk that is full: a small file system in memory, where this user may mount one. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import type { RunSummary } from "../../../main/contract/runs.ts";
import { smallSpecification } from "../../support/small-specification.ts";

/** The folder of a disk of so many mebibytes, or null where none can be had. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), "gan-studio-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes.toString()}m`, "tmpfs", folder], {
      stdio: "ignore",
    });
    return folder;
  } catch {
    rmdirSync(folder);
    return null;
  }
}

/** Writes until not a byte is left. */
function fillUp(path: string): void {
  const file = openSync(path, "a");
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeSync(file, new Uint8Array(size));
    } catch {
      // No room for so much: less, then.
    }
  }
  closeSync(file);
}

const giveBack = (folder: string) => {
  execFileSync("umount", ["-l", folder]);
  rmdirSync(folder);
};

function canMount(): boolean {
  const disk = process.platform === "linux" ? smallDisk(1) : null;
  if (disk !== null) giveBack(disk);
  return disk !== null;
}

it.skipIf(!canMount())(
  "a run on a full disk waits, goes on when there is room, and loses nothing",
  async () => {
    const folder = smallDisk(12)!;
    const home = join(folder, "home");
    const ballast = join(folder, "ballast");
    onTestFinished(() => {
      giveBack(folder);
    });
    const api = await openApi({ home });
    const client = createClient(api);
    const until = (condition: (run: RunSummary) => boolean) =>
      new Promise<RunSummary>((resolve) => {
        const stop = api.subscribe("run.changed", (run) => {
          if (!condition(run)) return;
          stop();
          resolve(run);
        });
      });
    const begun = until(({ epoch }) => epoch >= 2);
    const specification = smallSpecification({ epochs: 10_000 });
    const { id } = await client.runs.start({ specification, engine: "wasm" });
    await begun;
    const waiting = until(({ status }) => status === "paused");
    fillUp(ballast);
    const paused = await waiting;
    expect(paused).toMatchObject({ status: "paused", code: "disk.full" });
    expect(paused.reason).toMatch(/The disk is full.*press Continue/);
    await expect(client.runs.continue({ id })).rejects.toMatchObject({ code: "disk.full" });
    unlinkSync(ballast);
    const further = until(({ epoch }) => epoch >= paused.epoch + 3);
    expect(await client.runs.continue({ id })).toMatchObject({ status: "running", code: null });
    await further;
    const stopped = await client.runs.stop({ id });
    expect(stopped.status).toBe("stopped");
    const { steps } = await client.runs.measurements({ id });
    expect(steps).toEqual(Array.from({ length: stopped.step }, (_, index) => index + 1));
    const { samples, checkpoints } = await client.runs.get({ id });
    const closings = samples.filter(({ closesEpoch }) => closesEpoch).map(({ epoch }) => epoch);
    expect(closings).toEqual(Array.from({ length: stopped.epoch }, (_, index) => index + 1));
    expect(checkpoints.at(-1)?.step).toBe(stopped.step);
    await api.close();
  },
);
