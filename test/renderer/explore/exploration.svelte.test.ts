// @vitest-environment node
import { expect, test } from "vitest";
import { Problem } from "../../../main/spec/problem.ts";
import { exampleDataset, exampleDetail } from "../examples.ts";
import { conditionalDetail, drawnOf, exploring } from "./examples.ts";

test("the last checkpoint draws 64 samples, and the first two are picked", async () => {
  const { exploration, asked } = exploring();
  await exploration.load();
  expect(asked("explore.images")).toEqual([
    {
      ...{ id: "run-1", step: 284 },
      latent: { kind: "new", seed: 1, count: 64, label: null, truncation: null },
    },
  ]);
  expect(exploration.samples.shown).toHaveLength(64);
  expect([exploration.a, exploration.b]).toEqual(exploration.samples.shown?.slice(0, 2));
});

test("a run that draws classes starts with whole rows of them", async () => {
  const { exploration } = exploring({ "runs.get": () => conditionalDetail() });
  await exploration.load();
  expect([exploration.classes, exploration.samples.settings.count]).toEqual([10, 60]);
});

test("classes have the names of the data set, else numbers", async () => {
  const { source } = exampleDetail().specification.data;
  const named = exampleDataset({ source, classNames: ["shirt", "shoe"] });
  const { exploration } = exploring({ "datasets.list": () => ({ datasets: [named] }) });
  await exploration.load();
  expect([exploration.className(1), exploration.className(7)]).toEqual(["shoe", "class 7"]);
});

test("a run without a checkpoint asks for nothing", async () => {
  const { exploration, asked } = exploring({
    "runs.get": () => exampleDetail({ checkpoints: [] }),
  });
  await exploration.load();
  expect([exploration.step, asked("explore.images")]).toEqual([null, []]);
});

test("a run that is not there says so", async () => {
  const { exploration } = exploring({
    "runs.get": () => {
      throw new Problem("run.unknown", "There is no run «run-1».");
    },
  });
  await exploration.load();
  expect(exploration.problem).toBe("There is no run «run-1».");
});

test("clicks pick A and B in turn, and a side can be chosen", async () => {
  const { exploration } = exploring();
  await exploration.load();
  const [, , third, fourth, fifth] = exploration.samples.shown ?? [];
  exploration.pick(third!);
  exploration.pick(fourth!);
  expect([exploration.a, exploration.b]).toEqual([third, fourth]);
  exploration.next = "b";
  exploration.pick(fifth!);
  expect([exploration.a, exploration.b, exploration.next]).toEqual([third, fifth, "a"]);
  expect(exploration.sidesOf(fifth!)).toEqual(["b"]);
});

test("another checkpoint draws the same picks again", async () => {
  const { exploration, asked } = exploring();
  await exploration.load();
  exploration.pick(exploration.samples.shown![5]!, "a");
  await exploration.choose(142);
  expect(asked("explore.images")).toHaveLength(4);
  expect(asked("explore.images").at(-1)).toMatchObject({ step: 142, latent: { kind: "given" } });
  expect([...exploration.a!.vector]).toEqual([6, 1]);
});

test("samples are sorted by D's score, and those without one come last", async () => {
  const scores = [0.5, Number.NaN, 0.9, 0.1];
  const { exploration } = exploring({
    "explore.images": () => drawnOf(scores.map((score) => [0, score])),
  });
  await exploration.load();
  const shown = () => exploration.samples.shown?.map(({ score }) => Number(score.toFixed(1)));
  exploration.samples.order = "best";
  expect(shown()).toEqual([0.9, 0.5, 0.1, Number.NaN]);
  exploration.samples.order = "worst";
  expect(shown()).toEqual([0.1, 0.5, 0.9, Number.NaN]);
});

test("numbers that cannot be drawn with are explained and not asked for", async () => {
  const { exploration, asked } = exploring();
  await exploration.load();
  exploration.samples.change({ count: 300 });
  await exploration.samples.draw();
  expect(exploration.samples.fieldProblem).toBe("From 1 to 256 images can be drawn at a time.");
  exploration.samples.change({ count: 4, seed: null });
  expect(exploration.samples.fieldProblem).toMatch(/^The seed is a whole number/);
  expect(asked("explore.images")).toHaveLength(1);
});

test("of what is asked for while something is drawn, only the last is drawn and shown", async () => {
  const answers: (() => void)[] = [];
  const { exploration, asked } = exploring({
    "explore.images": async ({ latent }) => {
      const seed = latent.kind === "new" ? latent.seed : 0;
      await new Promise<void>((resolve) => answers.push(resolve));
      return drawnOf([[seed, 0]]);
    },
  });
  const loading = exploration.load();
  await expect.poll(() => answers.length).toBe(1);
  for (const seed of [5, 6, 7]) {
    exploration.samples.change({ seed });
    void exploration.samples.draw();
  }
  answers[0]!();
  await expect.poll(() => answers.length).toBe(2);
  expect(exploration.samples.shown).toBeNull();
  answers[1]!();
  await loading;
  expect(exploration.samples.shown?.map(({ vector }) => vector[0])).toEqual([7]);
  expect([exploration.samples.drawing, asked("explore.images").length]).toEqual([false, 2]);
});

test("a draw that fails keeps the samples and says why", async () => {
  let fails = false;
  const { exploration } = exploring({
    "explore.images": () => {
      if (fails) throw new Problem("session.crashed", "The process ended.");
      return drawnOf([[1, 0]]);
    },
  });
  await exploration.load();
  fails = true;
  await exploration.samples.draw();
  expect([exploration.samples.problem, exploration.samples.shown?.length]).toEqual([
    "The process ended.",
    1,
  ]);
});

test("leaving frees what the program holds", () => {
  const { exploration, asked } = exploring();
  const leave = exploration.open();
  leave();
  expect(asked("explore.close")).toEqual([{ id: "run-1" }]);
});

test("a damaged checkpoint gives way to the one before it, and the page says so", async () => {
  const { exploration, asked } = exploring({
    "explore.images": () =>
      drawnOf(
        [
          [1, 0],
          [2, 1],
        ],
        null,
        142,
      ),
  });
  await exploration.load();
  expect(exploration.step).toBe(142);
  expect(exploration.remark).toMatch(/step 284 is damaged; these images are of step 142/);
  await exploration.samples.draw();
  expect(asked("explore.images").at(-1)).toMatchObject({ step: 142 });
  await exploration.choose(142);
  expect(exploration.remark).toBeNull();
});
