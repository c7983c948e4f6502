// @vitest-environment node
import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { Downloaded } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Downloads, downloadWords } from "../../../renderer/datasets/downloads.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset } from "../examples.ts";

/** Downloads whose one request is answered by hand, and whose clock stands still. */
function setUp(answers: Partial<Handlers> = {}) {
  let resolve: (added: Downloaded) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const transport = createFakeTransport({
    "datasets.download": () =>
      new Promise<Downloaded>((...both) => {
        [resolve, reject] = both;
      }),
    ...answers,
  });
  const clock = { now: 0 };
  const added: string[] = [];
  const downloads = new Downloads(
    createStudio(transport),
    ({ id }) => added.push(id),
    () => clock.now,
  );
  downloads.open();
  const progress = (bytes: number) => {
    transport.emit("dataset.progress", { id: "mnist", file: "train", bytes, total: 100 });
  };
  return {
    ...{ transport, downloads, added, clock, progress },
    finish: (changes: Partial<Downloaded> = {}) => {
      resolve({ ...exampleDataset({ id: "mnist" }), ...changes });
    },
    fail: (reason: unknown) => {
      reject(reason);
    },
  };
}

const asked = ({ transport }: ReturnType<typeof setUp>) =>
  transport.asked.filter(({ command }) => command === "datasets.download").length;

test("a download tells how far it is, how long it takes, and how its files were checked", async () => {
  const { downloads, clock, progress, finish, added } = setUp();
  const ended = downloads.start("mnist");
  progress(20);
  clock.now = 2000;
  progress(60);
  expect(downloads.secondsLeft("mnist")).toBe(2);
  finish();
  await ended;
  expect(added).toEqual(["mnist"]);
  expect(downloads.stateOf("mnist")).toMatchObject({ kind: "done", text: /published checksum/ });
});

test("files without a published checksum are named", async () => {
  const { downloads, finish } = setUp();
  const ended = downloads.start("mnist");
  finish({ uncheckedFiles: ["a.gz", "b.gz"] });
  await ended;
  expect(downloads.stateOf("mnist")).toMatchObject({ text: /2 files.*a\.gz, b\.gz/ });
});

test("one that was stopped keeps how far it came, and goes on from there", async () => {
  const set = setUp({ "datasets.cancelDownload": () => ({ cancelled: true }) });
  const { downloads, progress, fail } = set;
  const ended = downloads.start("mnist");
  progress(30);
  await downloads.cancel("mnist");
  fail(new Problem("download.cancelled", "What has arrived is kept."));
  await ended;
  expect(downloads.stateOf("mnist")).toMatchObject({ kind: "cancelled", progress: { bytes: 30 } });
  // A late word must not begin it again.
  progress(31);
  expect(asked(set)).toBe(1);
  void downloads.start("mnist");
  expect(downloads.stateOf("mnist")).toMatchObject({ kind: "running", progress: { bytes: 30 } });
  expect(asked(set)).toBe(2);
});

test("one that fails says why and can be tried again", async () => {
  const { downloads, fail, added } = setUp();
  const ended = downloads.start("mnist");
  fail(new Problem("download.failed", "The checksum is wrong."));
  await ended;
  expect(downloads.stateOf("mnist")).toEqual({ kind: "failed", text: "The checksum is wrong." });
  expect(added).toEqual([]);
});

test("pressed twice it is asked for once; one begun before the page was loaded is joined", () => {
  const twice = setUp();
  void twice.downloads.start("mnist");
  void twice.downloads.start("mnist");
  expect(asked(twice)).toBe(1);
  const joined = setUp();
  joined.progress(40);
  joined.progress(50);
  expect(asked(joined)).toBe(1);
  expect(joined.downloads.stateOf("mnist")).toMatchObject({
    kind: "running",
    progress: { bytes: 50 },
  });
});

test("progress reads as a sentence's part", () => {
  const at = (bytes: number) => ({ id: "mnist" as const, file: "train", bytes, total: 3e6 });
  expect(downloadWords(null, null)).toBe("Asking for the files");
  expect(downloadWords(at(1_500_000), 12)).toBe("1.5 MB of 3.0 MB, 12 s left");
  expect(downloadWords(at(3e6), null)).toBe("Checking the files");
});
