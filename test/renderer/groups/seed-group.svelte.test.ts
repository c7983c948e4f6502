// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { GroupDetail, GroupMeasurements } from "../../../main/contract/family.ts";
import { measures, type Measure } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { SeedGroup } from "../../../renderer/groups/seed-group.svelte.ts";
import { spreadCurve } from "../../../renderer/groups/spread-curves.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleRun } from "../examples.ts";

const of = (values: number[]) =>
  Object.fromEntries(measures.map((measure) => [measure, values])) as Record<Measure, number[]>;
const measured: GroupMeasurements = {
  ...{ steps: [1, 2, 3], runs: [2, 2, 1] },
  ...{ mean: of([1, 2, 3]), deviation: of([0.5, 0.25, NaN]) },
};
const group = { id: "group-1", name: "Tries", runs: 1 };
const detail: GroupDetail = {
  group: {
    ...{ id: "group-1", name: "Tries", seeds: [1, 2], waiting: [2], ending: null, createdAt: 0 },
    runs: [exampleRun({ group })],
  },
  epochs: [],
};

function open(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "groups.get": () => detail,
    "groups.measurements": () => measured,
    ...answers,
  });
  const seeds = new SeedGroup(createStudio(transport), "group-1");
  const close = seeds.open();
  const loads = () => transport.asked.filter(({ command }) => command === "groups.get").length;
  return { seeds, transport, close, loads };
}

test("a group is loaded, and again when it or one of its runs has changed", async () => {
  const { seeds, transport, close, loads } = open();
  await vi.waitFor(() => {
    expect(seeds.detail?.group.name).toBe("Tries");
  });
  transport.emit("run.changed", exampleRun({ group }));
  await vi.waitFor(() => {
    expect(loads()).toBe(2);
  });
  transport.emit("run.changed", exampleRun());
  transport.emit("group.changed", { ...detail.group, id: "group-2" });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(loads()).toBe(2);
  close();
  expect(transport.subscriptions()).toBe(0);
});

test("many changes at once are asked for once more, not each", async () => {
  const { transport, loads, seeds } = open();
  for (let index = 0; index < 20; index++) transport.emit("group.changed", detail.group);
  await vi.waitFor(() => {
    expect(seeds.measurements).not.toBeNull();
    expect(loads()).toBe(2);
  });
});

test("a group that is gone says so; what cannot be cancelled too", async () => {
  const refuse = (message: string) => () => {
    throw new Problem("run.unknown", message);
  };
  const { seeds } = open({
    "groups.get": refuse("There is no group."),
    "groups.cancel": refuse("It is not trained."),
  });
  await vi.waitFor(() => {
    expect(seeds.problem).toBe("There is no group.");
  });
  await seeds.cancel();
  expect([seeds.cancelProblem, seeds.cancelling]).toEqual(["It is not trained.", false]);
});

test("a curve's band is one deviation to either side, and a gap where one run alone was measured", () => {
  const line = { measure: "scoreReal", label: "D(x)", color: "--real" } as const;
  const { points, band } = spreadCurve(measured, line);
  expect(points.map(({ y }) => y)).toEqual([1, 2, 3]);
  expect(band?.low.map(({ y }) => y)).toEqual([0.5, 1.75, NaN]);
  expect(band?.high.map(({ y }) => y)).toEqual([1.5, 2.25, NaN]);
});
