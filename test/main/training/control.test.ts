import { expect, it } from "vitest";
import { createControl } from "../../../main/training/control.ts";

/** Whether a session would go on now. */
async function isWanted(control: ReturnType<typeof createControl>): Promise<boolean> {
  return Promise.race([
    control.untilWanted().then(() => true),
    new Promise<boolean>((resolve) => {
      setImmediate(() => {
        resolve(false);
      });
    }),
  ]);
}

it("a paused session wakes for a step, and for each step once", async () => {
  const control = createControl();
  control.pause();
  expect(await isWanted(control)).toBe(false);
  control.step();
  control.step();
  expect(await isWanted(control)).toBe(true);
  expect([control.takeStep(), control.takeStep(), control.takeStep()]).toEqual([true, true, false]);
  expect(await isWanted(control)).toBe(false);
});

it("a paused session wakes for new learning rates, of which the newest of each network count", async () => {
  const control = createControl();
  control.pause();
  const woken = control.untilWanted();
  control.setRates({ generator: 1, discriminator: 2 });
  control.setRates({ generator: 3 });
  await woken;
  expect(control.takeRates()).toEqual({ generator: 3, discriminator: 2 });
  expect(control.takeRates()).toBeNull();
  expect(await isWanted(control)).toBe(false);
});
