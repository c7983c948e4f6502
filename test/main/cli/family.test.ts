/** `fork`, `reproduce`, `set`, `train --seeds`, `runs` and `show` of families. */
import { describe, expect, it } from "vitest";
import { seeds } from "../../../main/cli/values.ts";
import { withSettings } from "../../../main/cli/setting-changes.ts";
import type { GroupDetail, GroupSummary, Reproduction } from "../../../main/contract/family.ts";
import { measures, type RunDetail, type RunSummary } from "../../../main/contract/runs.ts";
import {
  newAugmentations,
  newLosses,
  newOptimizers,
  newRegularizers,
  newSchedules,
} from "../../../main/spec/defaults.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", status: "finished", epoch: 2, step: 8, epochs: 2 });
const list = () => ({ runs: [run], total: 1 });
const specification = smallSpecification();
const place = (step: number, epoch: number) => ({ step, epoch });
const detail: RunDetail = {
  ...{ run, specification },
  samples: [0, 4, 8].map((step) => ({
    ...{ step, epoch: step / 4, closesEpoch: step > 0, count: 4, columns: 2 },
  })),
  checkpoints: [place(4, 1), place(8, 2)].map((at) => ({ ...at, bytes: 1, sha256: "" })),
  events: [
    ...[{ at: 0, step: 2, kind: "learning rates", detail: "generator 0.001" }],
    ...[{ at: 0, step: 6, kind: "learning rates", detail: "generator 0.002" }],
  ],
} as RunDetail;

describe("settings by their path", () => {
  it("are the specification's own, or the short names of what is changed most", () => {
    const changed = withSettings(presetOf("wgan-gp").specification, [
      "generator.learningRate=0.0003",
      "optimizers.discriminator.learningRate=4e-4",
      "k=2",
      "batchSize=32",
      "regularizers=[]",
      "data.shuffle=false",
    ]);
    expect(changed.optimizers.generator.learningRate).toBe(0.0003);
    expect(changed.optimizers.discriminator.learningRate).toBe(0.0004);
    expect(changed.loop).toMatchObject({ discriminatorSteps: 2, batchSize: 32 });
    expect(changed.regularizers).toEqual([]);
    expect(changed.data.shuffle).toBe(false);
  });

  it("that do not exist, or hold what they must not, are refused with their name", () => {
    const wrong: [string, RegExp][] = [
      ["generator.rate=1", /no «rate» in generator. There is: layers/],
      ["nothing=1", /no «nothing»/],
      ["__proto__.x=1", /no «__proto__»/],
      ["batchSize", /path and a value/],
      ["batchSize=many", /^loop\.batchSize must be a whole number/],
      ["batchsize=32", /no «batchsize» in a specification. Did you mean «batchSize»\?/],
      ["generator.learningrate=1", /Did you mean «learningRate»\? There is: layers; of its optim/],
      ["generator.layers.99=relu", /no «99» in generator.layers. There is: 0, 1/],
      ["loss=hinje", /Did you mean «hinge»\?/],
      ["loss.kind=hinge", /^loss/],
    ];
    for (const twice of [
      ["loop=null", "batchSize=3"],
      ["optimizers=null", "generator.beta1=0"],
    ])
      expect(() => withSettings(specification, twice)).toThrow(Problem);
    for (const [text, message] of wrong) {
      expect.soft(() => withSettings(specification, [text]), text).toThrow(message);
      // What was typed is wrong in itself: exit code 2.
      expect
        .soft(() => withSettings(specification, [text]), text)
        .toThrow(expect.objectContaining({ code: "usage" }));
    }
  });
});

describe("a kind by its name alone", () => {
  it("means the kind with its usual settings", () => {
    const changed = withSettings(presetOf("vanilla-mlp").specification, [
      ...["loss=hinge", "optimizers.generator=sgd", "discriminator.schedule=linear"],
      ...["data.augmentation=affine", "regularizers=r1"],
      ...["generator.layers.1=relu", "generator.layers.0.kernelInitializer=heNormal"],
    ]);
    expect(changed).toMatchObject({
      loss: newLosses.hinge,
      optimizers: {
        generator: newOptimizers.sgd,
        discriminator: { kind: "adam", schedule: newSchedules.linear },
      },
      data: { augmentation: newAugmentations.affine },
      regularizers: [newRegularizers.r1],
    });
    const [first, second] = changed.generator.layers;
    expect(first).toMatchObject({ kernelInitializer: { kind: "heNormal" } });
    expect(second).toEqual({ kind: "relu" });
  });

  it("is only a text where a text is asked for", () => {
    const changed = withSettings(specification, ["outputs.features=hinge"]);
    expect(changed.outputs.features).toBe("hinge");
  });
});

describe("seeds", () => {
  it("are a range, a list, or both", () => {
    expect(seeds("1..5")).toEqual([1, 2, 3, 4, 5]);
    expect(seeds("1,3,7")).toEqual([1, 3, 7]);
    expect(seeds("9, 2..3")).toEqual([9, 2, 3]);
  });

  it.each(["", "1..", "5..1", "1,1", "1..200", "a", "-1", "1...3", "2147483648"])(
    "«%s» are none",
    (text) => {
      expect(() => seeds(text)).toThrow(/1\.\.5 or 1,3,7/);
    },
  );
});

describe("fork", () => {
  it("starts from the settings that held at that epoch, changed as asked", async () => {
    const child = runSummary({ id: "run-2", status: "finished", epoch: 5 });
    const shell = createFakeShell({
      "runs.list": list,
      "runs.get": ({ id }) => (id === "run-1" ? detail : { ...detail, run: child }),
      "runs.fork": () => child,
    });
    const words = ["--epoch", "1", "--set", "k=2", "--epochs", "5", "--name", "Bold"];
    const { code, document } = await shell.json("fork", "run-1", ...words);
    expect(code).toBe(0);
    expect(document).toMatchObject({ id: "run-2", status: "finished" });
    const asked = shell.api.calls.find(({ command }) => command === "runs.fork")?.payload;
    expect(asked).toMatchObject({ id: "run-1", epoch: 1, name: "Bold" });
    const sent = (asked as { specification: typeof specification }).specification;
    expect(sent.optimizers.generator.learningRate).toBe(0.001);
    expect(sent.loop).toMatchObject({ discriminatorSteps: 2, epochs: 5 });
  });
});

describe("reproduce", () => {
  const result: Reproduction = {
    ...{ id: "run-1", outcome: "equal", from: 0, step: 8, measured: 8, checkpoints: 2 },
    ...{ difference: null, caveats: [] },
  };

  it("says in one sentence that all is equal", async () => {
    const shell = createFakeShell({ "runs.list": list, "runs.reproduce": () => result });
    expect(await shell.run("reproduce", "last")).toBe(0);
    expect(shell.printed()).toBe(
      "Equal in all 8 steps: 8 measured steps and 2 checkpoints compared.\n",
    );
  });

  it("names the first step and measure that differ and by how much, and is no success", async () => {
    const different: Reproduction = {
      ...{ ...result, outcome: "different", step: 6 },
      difference: { step: 6, measure: "scoreReal", then: 0.5, now: 0.75 },
      caveats: ["Other surroundings than then."],
    };
    const shell = createFakeShell({ "runs.list": list, "runs.reproduce": () => different });
    expect(await shell.run("reproduce", "last", "--steps", "7")).toBe(1);
    expect(shell.printed()).toContain(
      "Different from step 6 on: scoreReal was 0.5 and is 0.75, 2.50e-1 apart",
    );
    expect(shell.printed()).toContain("Other surroundings than then.\n");
    expect(shell.api.calls.at(-1)?.payload).toEqual({ id: "run-1", steps: 7 });
  });

  it("is cancelled by Ctrl-C", async () => {
    const { promise, resolve } = Promise.withResolvers<Reproduction>();
    const shell = createFakeShell({
      "runs.list": list,
      "runs.reproduce": () => promise,
      "runs.cancelReproduce": () => {
        resolve({ ...result, outcome: "cancelled", step: 3, measured: 3, checkpoints: 0 });
        return { cancelled: true };
      },
    });
    const over = shell.run("reproduce", "last");
    await new Promise((ready) => setTimeout(ready, 20));
    shell.interrupt();
    expect(await over).toBe(130);
    expect(shell.printed()).toContain("Cancelled at step 3");
  });
});

describe("set", () => {
  it("sends what is named, and wants something", async () => {
    const shell = createFakeShell({ "runs.list": list, "runs.set": () => run });
    const words = ["--generator-rate", "2e-4", "--discriminator-steps", "5"];
    expect(await shell.run("set", "last", ...words)).toBe(0);
    expect(shell.api.calls.at(-1)?.payload).toEqual({
      ...{ id: "run-1", learningRates: { generator: 0.0002 }, discriminatorSteps: 5 },
    });
    expect(await shell.run("set", "last")).toBe(2);
  });
});

const spread = { mean: 0.5, deviation: 0.25, runs: 2 };
const groupOf = (changes: Partial<GroupSummary> = {}): GroupSummary => ({
  ...{ id: "group-261122-aaaa", name: "Tries", seeds: [1, 2], waiting: [], ending: null },
  ...{ runs: [], createdAt: 0, ...changes },
});
const groupDetail = (group: GroupSummary): GroupDetail => ({
  group,
  epochs: [
    {
      epoch: 1,
      spreads: Object.fromEntries(
        measures.map((measure) => [measure, spread]),
      ) as GroupDetail["epochs"][number]["spreads"],
    },
  ],
});

describe("a group", () => {
  it("is shown with the mean and standard deviation of each epoch, and how many runs that are", async () => {
    const group = groupOf({ runs: [run], waiting: [2] });
    const shell = createFakeShell({
      "groups.list": () => ({ groups: [group] }),
      "groups.get": () => groupDetail(group),
    });
    expect(await shell.run("show", "group-2611")).toBe(0);
    expect(shell.printed()).toMatch(/EPOCH +RUNS +D LOSS/);
    expect(shell.printed()).toMatch(/ 1 +2 +0\.500 ± 0\.250/);
    expect(shell.printed()).toMatch(/Waiting +2/);
  });

  it("is started by train --seeds and followed run by run", async () => {
    const member = (id: string, status: RunSummary["status"]) => runSummary({ id, status });
    let now = groupOf({ runs: [member("a", "finished")], waiting: [2] });
    const shell = createFakeShell({
      "datasets.list": () => ({ datasets: [] }),
      "groups.start": () => now,
      "groups.get": () => {
        const answer = groupDetail(now);
        // The second run comes when the first has been told.
        const runs = [member("a", "finished"), member("b", "finished")];
        now = groupOf({ runs });
        setTimeout(() => {
          shell.api.emit("group.changed", now);
        }, 5);
        return answer;
      },
      "runs.get": ({ id }) => ({ ...detail, run: member(id, "finished") }),
    });
    const { code, document } = await shell.json(
      "train",
      "--preset",
      "vanilla-mlp",
      "--seeds",
      "1,2",
    );
    expect(code).toBe(0);
    expect((document as GroupDetail).group.runs.map(({ id }) => id)).toEqual(["a", "b"]);
    const asked = shell.api.calls.find(({ command }) => command === "groups.start");
    expect(asked?.payload).toMatchObject({ seeds: [1, 2] });
  });

  it("is cancelled by Ctrl-C, which is no failure of its runs", async () => {
    const member = (status: RunSummary["status"]) => runSummary({ id: "a", status });
    let now = groupOf({ runs: [member("running")], waiting: [2] });
    const shell = createFakeShell({
      "datasets.list": () => ({ datasets: [] }),
      "groups.start": () => now,
      "groups.get": () => groupDetail(now),
      "groups.cancel": () => {
        now = groupOf({ runs: [member("stopped")], ending: "Cancelled after 0 of 2 seeds." });
        setImmediate(() => {
          shell.api.emit("run.changed", member("stopped"));
        });
        return now;
      },
      "runs.get": () => ({ ...detail, run: now.runs[0] ?? run }),
    });
    const over = shell.run("train", "--preset", "vanilla-mlp", "--seeds", "1,2");
    await expect.poll(() => shell.said()).toContain("Run a:");
    shell.interrupt();
    expect(await over).toBe(130);
    expect(shell.printed()).toContain("Cancelled after 0 of 2 seeds.");
  });

  it("has either one seed or several", async () => {
    const shell = createFakeShell();
    const words = ["--preset", "vanilla-mlp", "--seed", "1", "--seeds", "1..2"];
    expect(await shell.run("train", ...words)).toBe(2);
  });
});

it("runs are listed as families, forks below their parents and a group together", async () => {
  const group = { id: "group-261122-aaaa", name: "Tries", runs: 2 };
  const runs = [
    runSummary({ id: "seed-2", name: "Seed 2", createdAt: 5, group }),
    runSummary({ id: "other", name: "Other", createdAt: 4 }),
    runSummary({
      id: "child",
      name: "Child",
      createdAt: 3,
      parent: { run: "old", step: 4, epoch: 1 },
    }),
    runSummary({ id: "seed-1", name: "Seed 1", createdAt: 2, group }),
    runSummary({ id: "old", name: "Old", createdAt: 1 }),
    runSummary({
      id: "lost",
      name: "Lost",
      createdAt: 0,
      parent: { run: "gone", step: 4, epoch: 1 },
    }),
  ];
  const shell = createFakeShell({ "runs.list": () => ({ runs, total: 6 }) });
  expect(await shell.run("runs")).toBe(0);
  const names = shell
    .printed()
    .split("\n")
    .slice(1, 7)
    .map((line) => line.split(/ {2,}/)[1]);
  expect(names).toEqual(["Other", "Seed 1", "└ Seed 2", "Old", "└ Child", "Lost"]);
  expect(shell.printed()).toContain("Group group-261122-aaaa: Tries, 2 runs\n");
});
