import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import type { BundleProgress, ImportedRun, OpenedBundle } from "../../../main/contract/bundles.ts";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { BundleExport } from "../../../renderer/runs/bundle-export.svelte.ts";
import { BundleImport, progressWords } from "../../../renderer/runs/bundle-import.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleDetail, exampleRun } from "../examples.ts";
import { scriptedKeeping } from "../preview/scripted-keeping.ts";
import RunsInFrame from "./RunsInFrame.svelte";

// Finding elements by their role takes long in a simulated browser on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

// The simulated browser has no dialogs.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

const content = Uint8Array.from({ length: 10 }, (_, i) => i);
const opened: OpenedBundle = {
  ...{ ticket: "ab".repeat(16), name: "run-1.ganrun", bytes: 10 },
  ...{ checkpoints: 2, samples: 3, leftOut: [] },
};
const run = exampleRun({ id: "run-1", name: "First", status: "finished" });

function exporting(answers: Partial<Handlers> = {}) {
  const saved: { name: string; content: Blob }[] = [];
  const transport = createFakeTransport({
    "bundles.open": () => opened,
    "bundles.read": ({ at }) => ({ bytes: content.slice(at, at + 4) }),
    "bundles.close": () => ({ closed: true }),
    ...answers,
  });
  const bundle = new BundleExport(createStudio(transport), run, (name, blob) => {
    saved.push({ name, content: blob });
  });
  return { transport, bundle, saved };
}

test("a bundle is fetched part by part, saved under its name, and closed", async () => {
  const { transport, bundle, saved } = exporting();
  bundle.checkpoints = "last";
  await bundle.start();
  expect(saved.map(({ name }) => name)).toEqual(["run-1.ganrun"]);
  expect(new Uint8Array(await saved[0]!.content.arrayBuffer())).toEqual(content);
  expect([bundle.state, bundle.share, bundle.problem]).toEqual(["saved", 1, null]);
  expect(transport.asked.map(({ payload }) => payload)).toEqual([
    { id: "run-1", last: true },
    ...[0, 4, 8].map((at) => ({ ticket: opened.ticket, at })),
    { ticket: opened.ticket },
  ]);
});

test("what goes wrong on the way is told, and nothing is saved", async () => {
  const { bundle, saved } = exporting({
    "bundles.read": () => {
      throw new Problem("checkpoint.damaged", "A file of the run went.");
    },
  });
  await bundle.start();
  expect([bundle.state, bundle.problem]).toEqual(["waiting", "A file of the run went."]);
  const short = exporting({ "bundles.read": () => ({ bytes: new Uint8Array(0) }) });
  await short.bundle.start();
  expect(short.bundle.problem).toContain("ended early");
  expect([...saved, ...short.saved]).toEqual([]);
});

test("an export that is called off saves nothing, and gives the bundle back", async () => {
  const { promise, resolve } = Promise.withResolvers<OpenedBundle>();
  const { transport, bundle, saved } = exporting({ "bundles.open": () => promise });
  const started = bundle.start();
  bundle.cancel();
  resolve(opened);
  await started;
  expect(saved).toEqual([]);
  expect(transport.asked.map(({ command }) => command)).toEqual(["bundles.open", "bundles.close"]);
  expect(bundle.state).toBe("waiting");
});

const imported: ImportedRun = {
  ...{ run, outcome: "imported", formerId: null, advice: null, step: 390, difference: 0 },
};

async function outcomeOf(changes: Partial<ImportedRun> | Problem) {
  const transport = createFakeTransport({
    "runs.import": () => {
      if (changes instanceof Problem) throw changes;
      return { ...imported, ...changes };
    },
  });
  const bundle = new BundleImport(createStudio(transport));
  bundle.path = " /tmp/x.ganrun ";
  await bundle.start();
  expect(transport.asked).toEqual([{ command: "runs.import", payload: { path: "/tmp/x.ganrun" } }]);
  return { bundle, outcome: bundle.outcome };
}

test("an import says whether the images are the same", async () => {
  const { outcome, bundle } = await outcomeOf({});
  expect(outcome).toMatchObject({ tone: "good", title: "«First» was imported", run: "run-1" });
  expect(outcome?.text).toContain("step 390, drawn again, are identical");
  expect(bundle.path).toBe("");
  const other = (await outcomeOf({ difference: 3, formerId: "old" })).outcome;
  expect(other).toMatchObject({ tone: "warn" });
  expect(other?.text).toContain("differ by 3 of 255 grey levels at most");
  expect(other?.text).toContain("Another run here has the id old.");
});

test("an import says what is missing, what is there already, and what went wrong", async () => {
  const advice = "Its data set is not on the list here.";
  const without = (await outcomeOf({ advice, step: null, difference: null })).outcome;
  expect(without).toMatchObject({ tone: "warn" });
  expect(without?.text).toContain(advice);
  expect((await outcomeOf({ outcome: "known" })).outcome).toMatchObject({
    ...{ tone: "neutral", title: "Already there", run: "run-1" },
  });
  const refused = await outcomeOf(new Problem("bundle.invalid", "It is cut off."));
  expect(refused.outcome).toMatchObject({ tone: "bad", text: "It is cut off.", run: null });
  expect(refused.bundle.path).toBe(" /tmp/x.ganrun ");
  expect((await outcomeOf(new Problem("bundle.cancelled", "Gone."))).outcome?.tone).toBe("neutral");
});

const faces = exampleDataset({ id: "faces", source: { kind: "idx", path: "/faces" } });

test("progress is followed while a run comes in, and words tell of each part", async () => {
  const { promise, resolve } = Promise.withResolvers<ImportedRun>();
  const transport = createFakeTransport({
    "datasets.list": () => ({ datasets: [faces] }),
    "runs.import": () => promise,
    "runs.cancelBundle": () => ({ cancelled: true }),
  });
  const bundle = new BundleImport(createStudio(transport));
  const close = bundle.open();
  await waitFor(() => {
    expect(bundle.datasets).toHaveLength(1);
  });
  bundle.dataset = "faces";
  const progress: BundleProgress = { path: "/home/x", stage: "unpacking", done: 512, total: 1024 };
  transport.emit("bundle.progress", progress);
  expect(bundle.progress).toBeNull();
  bundle.path = "~/x";
  const started = bundle.start();
  transport.emit("bundle.progress", progress);
  expect(transport.asked.at(-1)?.payload).toEqual({ path: "~/x", data: faces.source });
  transport.emit("bundle.progress", { ...progress, stage: "writing" });
  expect(bundle.progress).toEqual(progress);
  await bundle.cancel();
  expect(transport.asked.at(-1)?.payload).toEqual({ path: "~/x" });
  resolve(imported);
  await started;
  expect([bundle.busy, bundle.progress]).toEqual([false, null]);
  close();
  expect(transport.subscriptions()).toBe(0);
  expect(progressWords(null)).toBe("Looking at the bundle");
  expect(progressWords({ ...progress, stage: "comparing" })).toBe("Drawing its images again");
  expect(progressWords(progress)).toMatch(/^Unpacking: 512 B of 1\.0 k/);
});

test("the screen exports the one run that is chosen, and shows names as text", async () => {
  const hostile = exampleRun({
    id: "evil",
    name: "<img src=x onerror=alert(1)>",
    newestSample: null,
  });
  const runs = new Map([["evil", exampleDetail({ run: { ...hostile, status: "finished" } })]]);
  const transport = createFakeTransport({
    ...scriptedKeeping(runs, () => transport),
    "datasets.list": () => ({ datasets: [] }),
    "runs.import": () => ({ ...imported, run: hostile }),
  });
  render(RunsInFrame, { studio: createStudio(transport) });
  await fireEvent.click(await screen.findByRole("checkbox", { name: /^Choose/ }));
  await fireEvent.click(screen.getByRole("button", { name: "Export as bundle" }));
  expect(screen.getByRole("heading", { name: `Export «${hostile.name}» as bundle` })).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await fireEvent.click(screen.getByRole("button", { name: "Import a run" }));
  const path = screen.getByLabelText("Path on the machine that runs GAN Studio");
  await fireEvent.input(path, { target: { value: "/tmp/evil.ganrun" } });
  await fireEvent.submit(path.closest("form")!);
  await waitFor(() => {
    expect(screen.getByText(`«${hostile.name}» was imported`)).toBeDefined();
  });
  expect(document.querySelector("img[src=x]")).toBeNull();
  expect(screen.getByRole("link", { name: "Show the run" }).getAttribute("href")).toBe(
    "#/runs/evil",
  );
});
