import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { Draft } from "../../../renderer/design/draft.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleRun } from "../examples.ts";

function setUp(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({ "runs.start": () => exampleRun(), ...answers });
  return { transport, draft: new Draft(createStudio(transport)) };
}

test("a new draft can be trained at once", async () => {
  const { transport, draft } = setUp();
  expect([draft.problem, draft.problems]).toEqual([null, {}]);
  expect(await draft.start()).toEqual(exampleRun());
  expect(transport.asked).toEqual([
    {
      command: "runs.start",
      payload: { specification: presetOf("lsgan-dc").specification, engine: "auto" },
    },
  ]);
});

test("a name of blanks is no name", async () => {
  const { transport, draft } = setUp();
  draft.name = "   ";
  await draft.start();
  expect(transport.asked[0]?.payload).not.toHaveProperty("name");
  draft.name = " Fine strokes ";
  await draft.start();
  expect(transport.asked[1]?.payload).toHaveProperty("name", "Fine strokes");
});

test("choosing a preset takes its settings and keeps the data", () => {
  const { draft } = setUp();
  const mnist = exampleDataset({ id: "mnist", source: { kind: "idx", path: "/data/mnist" } });
  draft.chooseDataset(mnist);
  draft.change("epochs", 3);
  draft.choosePreset("vanilla-mlp");
  expect(draft.fields.epochs).toBe(100);
  expect(draft.specification?.data.source).toEqual(mnist.source);
});

test("a wrong field is blamed alone, and nothing is started", async () => {
  const { transport, draft } = setUp();
  draft.change("epochs", null);
  expect(draft.problems).toEqual({ epochs: "Type a number." });
  expect([draft.problem, draft.specification]).toEqual([null, null]);
  expect(await draft.start()).toBeNull();
  expect(transport.asked).toEqual([]);
});

test("what no field is to blame for stands at the form", () => {
  const { draft } = setUp();
  draft.chooseDataset(exampleDataset({ image: { height: 32, width: 32, channels: 3 } }));
  expect(draft.problem).toMatch(/the images are 32×32×3/);
});

test("a refused start says why and can be tried again", async () => {
  let fails = true;
  const { draft } = setUp({
    "runs.start": () => {
      if (fails) throw new Problem("engine.unavailable", "No engine could be loaded.");
      return exampleRun();
    },
  });
  expect(await draft.start()).toBeNull();
  expect(draft.startProblem).toBe("No engine could be loaded.");
  fails = false;
  expect(await draft.start()).not.toBeNull();
  expect(draft.startProblem).toBeNull();
});

test("pressing twice starts once", async () => {
  const { transport, draft } = setUp();
  await Promise.all([draft.start(), draft.start()]);
  expect(transport.asked.length).toBe(1);
});
