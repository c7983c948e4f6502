/** A process that dies at each place of a commit, and what database and run folder say after it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { failpoints } from "../../../main/files/failpoints.ts";
import { openHome, type Home } from "../../../main/store/home.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { openExample } from "./support/example.ts";
import { newRun } from "./support/values.ts";

const committer = new URL("support/commit-forever.ts", import.meta.url).pathname;

const placeOf = (home: Home) => {
  const { step, epoch } = getRun(home, "run-1");
  return { step, epoch, steps: readMeasurements(home, "run-1").steps };
};

it.each(failpoints.filter((name) => name.startsWith("commit.")))("killed at %s", (place) => {
  const folder = join(temporaryFolder(), "home");
  const first = openHome(folder);
  createRunFolder(folder, "run-1");
  insertRun(first, newRun({ status: "running" }));
  first.close();
  const { signal, stdout } = spawnSync(process.execPath, [committer, folder], {
    env: { ...process.env, GAN_STUDIO_FAILPOINT: `${place}:4`, NODE_ENV: "test" },
    encoding: "utf8",
  });
  expect(signal).toBe("SIGKILL");
  const said = stdout.trim().split("\n").map(Number);
  expect(said).toEqual([1, 2, 3]);
  const home = openHome(folder);
  const found = placeOf(home);
  const last = place === "commit.after" ? 4 : 3;
  const upTo = (step: number) => Array.from({ length: step }, (_, index) => index + 1);
  expect(found).toEqual({ step: last, epoch: last, steps: upTo(last) });
  expect(home.database.pragma("integrity_check", { simple: true })).toBe("ok");
  home.close();
  // The folder may be ahead by the commit that nobody was told of, never behind.
  writeFileSync(join(folder, "studio.db"), "damaged");
  const rebuilt = placeOf(openExample(folder));
  const recorded = place === "commit.recorded" ? 4 : last;
  expect(rebuilt).toEqual({ step: recorded, epoch: recorded, steps: upTo(recorded) });
});
