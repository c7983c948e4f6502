import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { openHome } from "../../../main/store/home.ts";
import { listEvents } from "../../../main/store/events.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { listSamples } from "../../../main/store/samples.ts";
import { startChild } from "../files/support/children.ts";
import { seeded } from "../files/support/random.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { newRun } from "./support/values.ts";

it("loses nothing that it said was stored, and stores nothing by halves, whenever it is killed", async () => {
  const folder = join(temporaryFolder(), "home");
  const random = seeded(3);
  const first = openHome(folder);
  insertRun(first, newRun({ status: "running" }));
  first.close();
  for (let kill = 0; kill < 6; kill++) {
    const child = startChild(new URL("support/commit-forever.ts", import.meta.url), folder);
    const said: string[] = [];
    const heard = (async () => {
      for (let next = await child.lines.next(); !next.done; next = await child.lines.next()) {
        said.push(next.value);
        if (said.length === 3) void delay(random(40)).then(() => child.kill());
      }
    })();
    await heard;
    const last = Number(said.at(-1));
    const home = openHome(folder);
    const { step, epoch, losses } = getRun(home, "run-1");
    expect(step).toBeGreaterThanOrEqual(last);
    expect(step).toBeLessThanOrEqual(last + 1);
    expect({ epoch, losses }).toEqual({
      epoch: step,
      losses: { generator: step, discriminator: step },
    });
    const steps = Array.from({ length: step }, (_, index) => index + 1);
    expect(readMeasurements(home, "run-1").steps).toEqual(steps);
    expect(listSamples(home, "run-1").map((sample) => sample.step)).toEqual(steps);
    expect(listEvents(home, "run-1").map((event) => event.step)).toEqual(steps);
    expect(home.database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(home.database.pragma("foreign_key_check")).toEqual([]);
    home.close();
  }
});
