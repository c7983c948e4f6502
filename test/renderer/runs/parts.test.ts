import { afterEach, describe, expect, it, test, vi } from "vitest";
import { createKeeping } from "../../../renderer/runs/keeping.ts";
import { RowExtras } from "../../../renderer/runs/row-extras.svelte.ts";
import { windowOf } from "../../../renderer/runs/row-window.ts";
import { Selection } from "../../../renderer/runs/selection.svelte.ts";
import { sparkPaths } from "../../../renderer/runs/spark-path.ts";
import { Notices } from "../../../renderer/shared/notices.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleMeasurements, exampleRun } from "../examples.ts";

describe("windowOf", () => {
  it("draws what is in view and a few rows around", () => {
    expect(windowOf(-200, 800, 72, 10_000)).toEqual({ begin: 0, end: 17 });
    expect(windowOf(7200, 720, 72, 10_000)).toEqual({ begin: 92, end: 118 });
  });

  it("ends with the list, however far someone scrolled", () => {
    expect(windowOf(719_000, 800, 72, 10_000).end).toBe(10_000);
    expect(windowOf(9e9, 800, 72, 10)).toEqual({ begin: 10, end: 10 });
    expect(windowOf(0, 800, 72, 0)).toEqual({ begin: 0, end: 0 });
  });
});

test("a selection keeps the order in which runs were chosen", () => {
  const selection = new Selection();
  for (const id of ["b", "a", "c", "a"]) selection.toggle(exampleRun({ id }));
  expect(selection.ids).toEqual(["b", "c"]);
  selection.drop("b");
  expect([selection.size, selection.has("b")]).toEqual([1, false]);
});

describe("sparkPaths", () => {
  const size = { width: 10, height: 12 };

  it("puts both courses on one scale", () => {
    expect(
      sparkPaths(
        [
          [0, 2],
          [1, 1],
        ],
        size,
      ),
    ).toEqual(["M0.0 11.0L10.0 1.0", "M0.0 6.0L10.0 6.0"]);
  });

  it("lifts the line where a value is no number, and draws nothing of nothing", () => {
    expect(sparkPaths([[1, NaN, 1]], size)).toEqual(["M0.0 6.0M10.0 6.0"]);
    expect(sparkPaths([[], [NaN]], size)).toEqual(["", ""]);
  });
});

describe("keeping", () => {
  const setUp = (fails = false) => {
    const transport = createFakeTransport({
      "runs.rename": ({ name }) => exampleRun({ name }),
      "runs.delete": ({ id }) => {
        if (fails || id === "live") throw new Problem("run.state", "It is being trained.");
        return { id };
      },
      "runs.restore": () => exampleRun(),
    });
    const notices = new Notices();
    const keeping = createKeeping(createStudio(transport), notices);
    const asked = () => transport.asked.map(({ command }) => command);
    return { transport, notices, keeping, asked };
  };

  it("deletes what it can, says what it could not, and undoes the rest", async () => {
    const { keeping, notices, asked } = setUp();
    const runs = [exampleRun({ id: "a" }), exampleRun({ id: "live" }), exampleRun({ id: "b" })];
    expect(await keeping.remove(runs)).toEqual(["a", "b"]);
    const [bad, undo] = notices.shown;
    expect([bad?.tone, bad?.text]).toEqual(["bad", "It is being trained."]);
    expect(undo?.text).toContain("2 runs were moved to the bin");
    notices.act(undo!.id);
    await vi.waitFor(() => {
      expect(asked().filter((command) => command === "runs.restore")).toHaveLength(2);
    });
  });

  it("renames, and gives the old name back", async () => {
    const { keeping, notices, transport } = setUp();
    expect(await keeping.rename(exampleRun({ name: "Old" }), "  New ")).toBe(true);
    notices.act(notices.shown[0]!.id);
    await vi.waitFor(() => {
      expect(transport.asked.map(({ payload }) => (payload as { name: string }).name)).toEqual([
        ...["New", "Old"],
      ]);
    });
  });

  it("asks nothing for the same or no name", async () => {
    const { keeping, asked } = setUp();
    expect(await keeping.rename(exampleRun({ name: "Old" }), " Old ")).toBe(false);
    expect(await keeping.rename(exampleRun({ name: "Old" }), "  ")).toBe(false);
    expect(asked()).toEqual([]);
  });
});

describe("a row's pictures", () => {
  const setUp = () => {
    const address = { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined };
    vi.stubGlobal("URL", { ...URL, ...address });
    vi.useFakeTimers();
    const transport = createFakeTransport({
      "runs.sampleImage": () => ({ png: new Uint8Array([1]) }),
      "runs.measurements": () => exampleMeasurements([1, 2]),
      "runs.evaluations": () => ({
        evaluations: [9, 4, 6].map((at, i) => evaluationExample(i + 1, at)),
      }),
    });
    return { transport, extras: new RowExtras(createStudio(transport)) };
  };
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("are asked for once a place of the run, and not for a run that did nothing", async () => {
    const { transport, extras } = setUp();
    const run = exampleRun();
    for (const next of [run, exampleRun({ id: "new", step: 0, newestSample: null })])
      extras.load(next);
    await vi.advanceTimersByTimeAsync(200);
    expect(extras.sketchOf(run)?.generator).toEqual([0.1, 0.2]);
    expect(extras.imageOf(run)).toBe("blob:1");
    expect(extras.bestOf(run)).toBe(4);
    extras.load(run);
    await vi.advanceTimersByTimeAsync(200);
    expect(transport.asked).toHaveLength(3);
    // The grid is the same one.
    extras.load(exampleRun({ step: 300 }));
    await vi.advanceTimersByTimeAsync(200);
    expect(transport.asked).toHaveLength(5);
    extras.close();
  });

  it("are not asked for while rows only pass by", async () => {
    const { transport, extras } = setUp();
    for (let i = 0; i < 100; i += 1) extras.load(exampleRun({ id: `run-${i.toString()}` }))();
    await vi.advanceTimersByTimeAsync(1000);
    expect(transport.asked).toEqual([]);
  });

  it("may be asked for again after a failure", async () => {
    vi.useFakeTimers();
    const transport = createFakeTransport({});
    const extras = new RowExtras(createStudio(transport));
    for (let i = 0; i < 2; i += 1) {
      extras.load(exampleRun());
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(transport.asked).toHaveLength(2);
  });
});
