// @vitest-environment node
import { describe, expect, it, test, vi } from "vitest";
import { comparisonOf } from "../../../main/contract/compare/comparison.ts";
import type { RunDetail } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { cellSize, commonLayout, meanBrightness } from "../../../renderer/compare/cells.ts";
import { CommonScrubber } from "../../../renderer/compare/common-scrubber.svelte.ts";
import { ComparedRuns } from "../../../renderer/compare/compared-runs.svelte.ts";
import { comparisonFile } from "../../../renderer/compare/export-comparison.ts";
import { GridImages } from "../../../renderer/compare/grid-images.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { comparedRun } from "../../main/contract/compare/examples.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { exampleMeasurements, exampleSample } from "../examples.ts";

const details: Record<string, RunDetail> = {
  "run-a": comparedRun({ run: { id: "run-a" } }).detail,
  "run-b": comparedRun({ run: { id: "run-b" }, stepsPerEpoch: 4, epochs: 4 }).detail,
};
const transportOf = () =>
  createFakeTransport({
    "runs.get": ({ id }) => {
      const detail = details[id];
      if (!detail) throw new Problem("run.unknown", `There is no run «${id}».`);
      return detail;
    },
    "runs.evaluations": () => ({ evaluations: [] }),
    "runs.measurements": () => exampleMeasurements([1, 2]),
    "runs.sampleImage": () => ({ png: new Uint8Array([1, 2, 3]) }),
  });

describe("ComparedRuns", () => {
  const setUp = (first: string[]) => {
    const transport = transportOf();
    let ids = $state.raw(first);
    const compared = new ComparedRuns(createStudio(transport), () => ids);
    const close = compared.open();
    compared.loadMissing();
    const choose = (next: string[]) => {
      ids = next;
      compared.loadMissing();
    };
    return { transport, compared, close, choose };
  };
  const settled = (compared: ComparedRuns) =>
    vi.waitFor(() => {
      expect(compared.settled).toBe(true);
    });
  const shownIds = (compared: ComparedRuns) =>
    compared.comparison?.runs.map(({ detail }) => detail.run.id);

  it("keeps the order of the address", async () => {
    const { compared } = setUp(["run-b", "run-a"]);
    await settled(compared);
    expect(shownIds(compared)).toEqual(["run-b", "run-a"]);
  });

  it("shows the others when one cannot be shown", async () => {
    const { compared } = setUp(["run-a", "gone"]);
    await settled(compared);
    expect(shownIds(compared)).toEqual(["run-a"]);
    expect(compared.problems).toEqual([{ id: "gone", message: "There is no run «gone»." }]);
  });

  it("loads only what is added, and forgets what was left out", async () => {
    const { compared, choose, transport } = setUp(["run-a"]);
    await settled(compared);
    choose(["run-a", "run-b"]);
    await settled(compared);
    choose(["run-b"]);
    expect(shownIds(compared)).toEqual(["run-b"]);
    expect(transport.asked).toHaveLength(6);
  });

  it("asks anew for a run that comes back: it was not followed meanwhile", async () => {
    const { compared, choose, transport } = setUp(["run-a", "run-b"]);
    await settled(compared);
    choose(["run-b"]);
    const before = transport.asked.length;
    choose(["run-a", "run-b"]);
    expect(transport.asked.slice(before).map(({ payload }) => payload)).toContainEqual({
      id: "run-a",
    });
    await settled(compared);
    expect(shownIds(compared)).toEqual(["run-a", "run-b"]);
  });

  it("follows runs that change, and no others", async () => {
    const { compared, transport, close } = setUp(["run-a"]);
    await settled(compared);
    transport.emit("run.changed", details["run-b"]!.run);
    expect(transport.asked).toHaveLength(3);
    transport.emit("run.changed", details["run-a"]!.run);
    expect(transport.asked).toHaveLength(6);
    transport.emit("run.evaluated", { id: "run-a", evaluation: evaluationExample(1, 20) });
    expect(transport.asked).toHaveLength(9);
    close();
    expect(transport.subscriptions()).toBe(0);
  });
});

describe("CommonScrubber", () => {
  const runs = [comparedRun(), comparedRun({ stepsPerEpoch: 4, epochs: 4 })];

  it("follows the newest grid until someone goes back", () => {
    let shown = $state.raw(runs.slice(0, 1));
    const scrubber = new CommonScrubber(() => shown);
    expect([scrubber.positions, scrubber.position]).toEqual([[0, 1, 2], 2]);
    shown = runs;
    expect(scrubber.position).toBe(4);
    scrubber.choose(1);
    expect(scrubber.position).toBe(1);
    shown = runs.slice(0, 1);
    expect(scrubber.position).toBe(1);
  });

  it("stays at the same place of the first run when it counts by something else", () => {
    const scrubber = new CommonScrubber(() => runs);
    scrubber.choose(1);
    scrubber.chooseAxis("step");
    expect(scrubber.position).toBe(10);
    scrubber.chooseAxis("epoch");
    expect(scrubber.position).toBe(1);
  });

  it("plays the places in turn and ends at the newest", () => {
    vi.useFakeTimers();
    const scrubber = new CommonScrubber(() => runs);
    scrubber.play();
    expect([scrubber.position, scrubber.playing]).toEqual([0, true]);
    vi.advanceTimersByTime(5000);
    expect([scrubber.position, scrubber.playing]).toEqual([4, false]);
    vi.useRealTimers();
  });

  it("stands still where there is no grid", () => {
    const scrubber = new CommonScrubber(() => []);
    expect([scrubber.index, scrubber.position]).toEqual([-1, 0]);
  });
});

describe("cells", () => {
  const grid = (count: number, columns: number) => ({ ...exampleSample(1), count, columns });

  it("shows the cells that all grids have, in the first one's columns", () => {
    expect(commonLayout([null, grid(16, 4), grid(10, 5)])).toEqual({
      ...{ columns: 4, rows: 3, count: 10 },
    });
    expect(commonLayout([null])).toBeNull();
    expect(cellSize({ width: 140, height: 56 }, grid(10, 5))).toEqual({ width: 28, height: 28 });
  });

  it("measures a difference by its mean, without transparency", () => {
    const data = Uint8ClampedArray.from([0, 0, 0, 255, 255, 255, 255, 255]);
    expect(meanBrightness({ data })).toBe(127.5);
  });
});

test("a grid is fetched once and freed at the end; one that failed may be asked for again", async () => {
  const transport = transportOf();
  const closed = vi.fn();
  let fails = true;
  const images = new GridImages(createStudio(transport), () => {
    if (fails) throw new Error("no picture");
    return Promise.resolve({ close: closed } as unknown as ImageBitmap);
  });
  const sample = exampleSample(1);
  await images.load("run-a", sample);
  expect(images.imageOf("run-a", sample)).toBeUndefined();
  fails = false;
  await images.load("run-a", sample);
  await images.load("run-a", sample);
  expect(images.imageOf("run-a", sample)).toBeDefined();
  expect(transport.asked).toHaveLength(2);
  images.close();
  expect(closed).toHaveBeenCalledOnce();
});

test("the exported file is named by its day and has the images inside", async () => {
  const comparison = comparisonOf([comparedRun(), comparedRun({ run: { id: "run-b" } })]);
  const { client } = createStudio(transportOf());
  const shown = { comparison, axis: "epoch", position: 2 } as const;
  const file = await comparisonFile(client, shown, Date.UTC(2026, 2, 1, 12));
  expect(file.name).toBe("comparison-2026-03-01.html");
  expect(file.text).toContain("data:image/png;base64,AQID");
});
