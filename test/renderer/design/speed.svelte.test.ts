// @vitest-environment node
import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Speed } from "../../../renderer/design/speed.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";

async function speedOf(answers: Partial<Handlers>): Promise<Speed> {
  const speed = new Speed(createStudio(createFakeTransport(answers)));
  await speed.load();
  return speed;
}
const ended = exampleRun({ status: "finished", step: 400, seconds: 40 });

test("ended runs tell seconds a step and what a step costs", async () => {
  const { measured } = await speedOf({
    "runs.list": () => ({ runs: [ended], total: 1 }),
    "runs.get": () => exampleDetail(),
  });
  expect(measured).toHaveLength(1);
  expect(measured[0]).toMatchObject({ name: "First digits", secondsPerStep: 0.1 });
  expect(measured[0]?.multiplyAdds).toBeGreaterThan(1e8);
});

test("runs too short to be worth it, or of another engine than the last, are left out", async () => {
  const { measured } = await speedOf({
    "runs.list": () => ({
      runs: [
        { ...ended, id: "short", step: 3 },
        { ...ended, id: "last", updatedAt: 9e12 },
        { ...ended, id: "other", engine: "wasm" },
        { ...ended, id: "eager", mode: "eager" },
      ],
      total: 4,
    }),
    "runs.get": () => exampleDetail(),
  });
  expect(measured).toHaveLength(1);
});

test("without runs, or without an answer, there is no measurement", async () => {
  expect((await speedOf({ "runs.list": () => ({ runs: [], total: 0 }) })).measured).toEqual([]);
  expect((await speedOf({})).measured).toEqual([]);
});
