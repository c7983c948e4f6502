import { beforeEach, expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { GroupSummary } from "../../../main/contract/family.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { Draft } from "../../../renderer/design/draft.svelte.ts";
import { withDataset } from "../../../renderer/design/document.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleDetail, exampleRun } from "../examples.ts";

beforeEach(() => {
  localStorage.clear();
});

function open(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({ "runs.start": () => exampleRun(), ...answers });
  const draft = new Draft(createStudio(transport), localStorage);
  draft.know([exampleDataset()]);
  return { draft, transport };
}
const photos = exampleDataset({
  id: "photos",
  name: "Photos",
  source: { kind: "folder", path: "/photos", filter: "", height: 64, width: 64, channels: 3 },
  image: { height: 64, width: 64, channels: 3 },
});

test("a new draft can be started as it is", async () => {
  const { draft, transport } = open();
  expect(draft.canStart).toBe(true);
  expect(draft.dataset?.id).toBe("digits");
  draft.name = "  My run ";
  expect(await draft.start()).toMatchObject({ run: { id: "run-1" } });
  expect(transport.asked.at(-1)?.payload).toEqual({
    specification: presetOf("lsgan-dc").specification,
    name: "My run",
    engine: "auto",
  });
});

test("a field that cannot be used is named, and nothing can be started", async () => {
  const { draft } = open();
  draft.edit(["loop", "batchSize"], 0);
  expect(draft.faults).toEqual(["loop.batchSize"]);
  expect(draft.remarks).toEqual([]);
  expect(draft.canStart).toBe(false);
  expect(await draft.start()).toBeNull();
  draft.undo();
  expect(draft.faults).toEqual([]);
});

test("a problem anywhere holds the start back, a warning does not", () => {
  const { draft } = open();
  draft.edit(["latent", "size"], 64);
  expect(draft.canStart).toBe(true);
  draft.edit(["generator", "layers", 3, "units"], 6000);
  expect(draft.remarks[0]?.place).toEqual({ section: "generator", layer: 6 });
  expect(draft.canStart).toBe(false);
  draft.undo();
  draft.edit(["loss", "kind"], "wasserstein");
  expect(draft.canStart).toBe(false);
});

test("the draft survives the page, with its name", () => {
  const { draft } = open();
  draft.choosePreset("vanilla-mlp");
  draft.edit(["seed"], 42);
  draft.name = "Kept";
  const { draft: again } = open();
  expect(again.document).toEqual({ ...presetOf("vanilla-mlp").specification, seed: 42 });
  expect(again.name).toBe("Kept");
  again.undo();
  expect(again.document.preset).toBe("vanilla-mlp");
  expect(again.canRedo).toBe(true);
});

test("a preset keeps the data that is chosen, and is an undo away from what was there", () => {
  const { draft } = open();
  draft.know([exampleDataset(), photos]);
  draft.change(withDataset(draft.document, photos));
  draft.choosePreset("sngan-32");
  expect(draft.document.data.source).toMatchObject({ path: "/photos", height: 32, channels: 3 });
  expect(draft.dataset?.id).toBe("photos");
  draft.undo();
  draft.undo();
  expect(draft.document.preset).toBe("lsgan-dc");
  draft.redo();
  expect(draft.document.data.source.kind).toBe("folder");
});

test("pictures of another size are made ready before the start", async () => {
  const added = { ...photos, id: "photos-28" };
  const { draft, transport } = open({ "datasets.add": () => added });
  draft.know([photos]);
  draft.change(withDataset(draft.document, photos));
  await draft.start();
  expect(transport.asked.map(({ command }) => command)).toEqual(["datasets.add", "runs.start"]);
  expect(transport.asked[0]?.payload).toMatchObject({
    source: { path: "/photos", height: 28, width: 28, channels: 1 },
  });
});

test("pictures that cannot be made ready start nothing, and say why", async () => {
  const { draft, transport } = open({
    "datasets.add": () => {
      throw new Problem("data.missing", "The folder /photos is gone.");
    },
  });
  draft.know([photos]);
  draft.change(withDataset(draft.document, photos));
  expect(await draft.start()).toBeNull();
  expect(draft.startProblem).toBe("The folder /photos is gone.");
  expect(transport.asked).toHaveLength(1);
  expect(draft.starting).toBe(false);
});

const settings = {
  "runs.get": () =>
    exampleDetail({
      specification: { ...presetOf("lsgan-dc").specification, seed: 77 },
    }),
};

test("a run's settings are taken over once; changes since then outlive a reload", async () => {
  const { draft } = open(settings);
  await draft.takeOver("run-1");
  expect([draft.document.seed, draft.name, draft.from?.name]).toEqual([
    77,
    "First digits",
    "First digits",
  ]);
  draft.choosePreset("vanilla-mlp");
  const { draft: reloaded } = open(settings);
  await reloaded.takeOver("run-1");
  expect(reloaded.document.preset).toBe("vanilla-mlp");
});

test("a run's settings are taken over again once the draft was trained or opened by itself", async () => {
  const { draft } = open(settings);
  for (const leave of [() => draft.start(), () => draft.takeOver(null)]) {
    await draft.takeOver("run-1");
    draft.edit(["seed"], 78);
    await leave();
    await draft.takeOver("run-1");
    expect(draft.document.seed).toBe(77);
  }
  draft.undo();
  expect(draft.document.seed).toBe(78);
});

test("undo also takes back whose settings they are", async () => {
  const { draft } = open(settings);
  await draft.takeOver("run-1");
  draft.undo();
  expect(draft.from).toBeNull();
});

test("a run that is gone leaves the draft as it is, and says so", async () => {
  const { draft } = open({
    "runs.get": () => {
      throw new Problem("run.unknown", "There is no run «run-9».");
    },
  });
  draft.edit(["seed"], 5);
  await draft.takeOver("run-9");
  expect(draft.takeProblem).toBe("There is no run «run-9».");
  expect(draft.document.seed).toBe(5);
});

test("it cannot be started twice at once", async () => {
  const { draft, transport } = open();
  const both = await Promise.all([draft.start(), draft.start()]);
  expect(both.filter((run) => run !== null)).toHaveLength(1);
  expect(transport.asked).toHaveLength(1);
});

test("a fork starts from its parent's settings as they were, and is started as one", async () => {
  const base = exampleDetail();
  const detail = exampleDetail({
    specification: { ...base.specification, loop: { ...base.specification.loop, epochs: 2 } },
    events: [{ at: 0, step: 100, kind: "learning rates", detail: "generator 0.5" }],
  });
  const { draft, transport } = open({
    "runs.get": () => detail,
    "runs.fork": () => exampleRun({ id: "run-2" }),
  });
  await draft.takeOver("run-1", 2);
  expect(draft.from).toEqual({ name: "First digits", fork: { run: "run-1", epoch: 2 } });
  expect(draft.document.optimizers.generator.learningRate).toBe(0.5);
  // All epochs were done: there is something left to train.
  expect(draft.document.loop.epochs).toBe(4);
  draft.edit(["loop", "batchSize"], 32);
  expect(await draft.start()).toMatchObject({ run: { id: "run-2" } });
  const { command, payload } = transport.asked.at(-1)!;
  expect(command).toBe("runs.fork");
  expect(payload).toMatchObject({ id: "run-1", epoch: 2, name: "First digits, fork" });
  expect(payload).toMatchObject({ specification: { loop: { batchSize: 32 } } });
});

test("a preset that is chosen instead of a fork's settings makes a run of its own", async () => {
  const { draft, transport } = open({ "runs.get": () => exampleDetail() });
  await draft.takeOver("run-1", 2);
  draft.choosePreset("vanilla-mlp");
  await draft.start();
  expect(transport.asked.at(-1)?.command).toBe("runs.start");
});

test("several seeds start a group, survive a reload, and hold the start back while they are none", async () => {
  const group = { id: "group-1" } as GroupSummary;
  const { draft, transport } = open({ "groups.start": () => group });
  draft.seedsText = "3..5, 9";
  expect(await draft.start()).toEqual({ group });
  expect(transport.asked.at(-1)).toMatchObject({
    ...{ command: "groups.start", payload: { seeds: [3, 4, 5, 9], engine: "auto" } },
  });
  expect(open().draft.seeds).toEqual([3, 4, 5, 9]);
  draft.seedsText = "5..3";
  expect(draft.seeds).toBeNull();
  expect(draft.canStart).toBe(false);
  draft.seedsText = " ";
  expect(await draft.start()).toMatchObject({ run: { id: "run-1" } });
});
