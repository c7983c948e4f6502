// @vitest-environment node
import { expect, test, vi } from "vitest";
import { Problem } from "../../../main/spec/problem.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { Notices } from "../../../renderer/shared/notices.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { startPreset } from "../../../renderer/views/start-preset.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleRun } from "../examples.ts";

const preset = presetOf("vanilla-mlp");

test("the run is started with the preset's own settings and shown", async () => {
  const transport = createFakeTransport({ "runs.start": () => exampleRun({ id: "new" }) });
  const [notices, goTo] = [new Notices(), vi.fn()];
  const started = startPreset(preset, { studio: createStudio(transport), notices, goTo });
  expect(notices.shown.map(({ text }) => text)).toEqual([`Starting «${preset.title}»`]);
  await started;
  expect(goTo).toHaveBeenCalledExactlyOnceWith("#/runs/new");
  expect(transport.asked).toMatchObject([{ payload: { specification: preset.specification } }]);
  expect(notices.shown).toEqual([]);
});

test("one that cannot be started stays where one is and says why", async () => {
  const transport = createFakeTransport({
    "runs.start": () => {
      throw new Problem("disk.full", "The disk is full.");
    },
  });
  const [notices, goTo] = [new Notices(), vi.fn()];
  await startPreset(preset, { studio: createStudio(transport), notices, goTo });
  expect(goTo).not.toHaveBeenCalled();
  expect(notices.shown).toMatchObject([{ tone: "bad", text: "The disk is full." }]);
});
