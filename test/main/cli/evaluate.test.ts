import { expect, it, vi } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", status: "finished", epoch: 2, step: 20 });
const list = () => ({ runs: [run], total: 1 });

it("tells one evaluation with its intervals and its protocol", async () => {
  const remarks = ["The classifier is young."];
  const shell = createFakeShell({
    "runs.list": list,
    "runs.evaluate": () => ({ evaluations: [evaluationExample(2, 12, { remarks })] }),
  });
  expect(await shell.run("evaluate", "last", "--epoch", "2", "--count", "1000")).toBe(0);
  expect(shell.api.calls.at(-1)?.payload).toEqual({
    ...{ id: "run-1", all: false, epoch: 2, count: 1000, seed: 0 },
  });
  const page = shell.printed();
  expect(page).toMatch(/^Fréchet distance +12\.000 +11\.500 to 12\.500 +lower is better$/m);
  expect(page).toContain("1,000 generated with 1,000 training images");
  expect(page).toContain("99.18 % right on 10,000 held-out images");
  expect(page).toContain("- The classifier is young.");
});

it("compares with a data set that is named in place of the run's own", async () => {
  const { specification } = presetOf("lsgan-dc");
  const source = { kind: "idx" as const, path: "/mnist" };
  const mnist = { id: "mnist-1", name: "MNIST", length: 60_000, classCounts: [] };
  const shell = createFakeShell({
    "runs.list": list,
    "runs.get": () => ({
      ...{ run, specification, samples: [], checkpoints: [], bytes: 0, events: [] },
    }),
    "datasets.list": () => ({ datasets: [{ ...mnist, source, image: specification.image }] }),
    "runs.evaluate": () => ({ evaluations: [evaluationExample(2, 12)] }),
  });
  expect(await shell.run("evaluate", "last", "--data", "mnist-1")).toBe(0);
  expect(shell.api.calls.at(-1)?.payload).toMatchObject({ id: "run-1", data: source });
  expect(await shell.run("evaluate", "last", "--data", "nowhere")).toBe(1);
  expect(shell.said()).toContain("There is no data set «nowhere»");
});

it("names a file of features by its whole path, and says that they are not the data set's own", async () => {
  const evaluation = evaluationExample(2, 12);
  const { protocol } = evaluation;
  const features = { ...protocol.features, network: "file", accuracy: null, heldOut: 0 } as const;
  const shell = createFakeShell({
    "runs.list": list,
    "runs.evaluate": () => ({
      evaluations: [{ ...evaluation, protocol: { ...protocol, features } }],
    }),
  });
  expect(await shell.run("evaluate", "last", "--features", "inception.onnx")).toBe(0);
  expect(shell.api.calls.at(-1)?.payload).toMatchObject({
    features: expect.stringMatching(/^(\/|[A-Z]:\\).*inception\.onnx$/) as string,
  });
  expect(shell.printed()).toContain("128 of the file that was named (1234567812345678)");
  expect(await shell.run("evaluate", "last", "--no-features")).toBe(0);
  expect(shell.api.calls.at(-1)?.payload).toMatchObject({ features: null });
});

it("tells several as a table with the best epoch marked, and the rest by another protocol as hidden", async () => {
  const other = evaluationExample(1, 0.125);
  const evaluations = [
    { ...other, protocol: { ...other.protocol, images: 10 } },
    ...[evaluationExample(1, 9), evaluationExample(2, 3), evaluationExample(3, 4)],
  ];
  const shell = createFakeShell({ "runs.list": list, "runs.evaluate": () => ({ evaluations }) });
  expect(await shell.run("evaluate", "run-1", "--all")).toBe(0);
  expect(shell.printed()).toMatch(/^2 \* +20 +3\.000/m);
  expect(shell.printed()).toMatch(/^1 +10 +9\.000/m);
  expect(shell.printed()).not.toMatch(/0\.125/);
  expect(shell.printed()).toContain("1 evaluation by another protocol is not shown");
  expect(shell.printed()).toContain("1,000 generated with 1,000 training images");
});

it("gives a document for programs", async () => {
  const evaluations = [evaluationExample(1, 9)];
  const shell = createFakeShell({ "runs.list": list, "runs.evaluate": () => ({ evaluations }) });
  const { code, document } = await shell.json("evaluate", "last");
  expect(code).toBe(0);
  expect(document).toEqual({ id: "run-1", evaluations });
});

it("is called off by Ctrl-C", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const shell = createFakeShell({
    "runs.list": list,
    "runs.evaluate": () => {
      setImmediate(() => {
        shell.interrupt();
      });
      return promise;
    },
    "runs.cancelEvaluation": () => {
      reject(new Problem("evaluation.cancelled", "The evaluation was called off."));
      return { cancelled: true };
    },
  });
  expect(await shell.run("evaluate", "last")).toBe(130);
  expect(shell.said()).toContain("The evaluation was called off.");
  expect(shell.api.calls.at(-1)?.command).toBe("runs.cancelEvaluation");
});

it.each([
  ["--count", "15"],
  ["--count", "many"],
  ["--epoch", "0"],
])("refuses %s %s", async (option, value) => {
  const shell = createFakeShell({ "runs.list": list });
  expect(await shell.run("evaluate", "last", option, value)).toBe(2);
});

it("is waited for at the end of a run that evaluates by itself, and each is told", async () => {
  const preset = presetOf("lsgan-dc").specification;
  const specification = { ...preset, outputs: { ...preset.outputs, evaluateEvery: 1 } };
  const { promise: settled, resolve: settle } = Promise.withResolvers<undefined>();
  const starting = runSummary({ id: "run-1", status: "starting" });
  const shell = createFakeShell({
    "datasets.list": () => ({ datasets: [] }),
    "runs.list": list,
    "runs.resume": () => {
      setImmediate(() => {
        shell.api.emit("run.changed", run);
      });
      return starting;
    },
    "runs.get": () => ({
      ...{ run, specification, samples: [], checkpoints: [], bytes: 0, events: [] },
    }),
    "runs.evaluations": async () => {
      await settled;
      shell.api.emit("run.evaluated", { id: "another", evaluation: evaluationExample(7, 1) });
      shell.api.emit("run.evaluated", { id: "run-1", evaluation: evaluationExample(2, 5) });
      return { evaluations: [] };
    },
  });
  const code = shell.run("resume", "run-1", "--epochs", "9");
  let isOver = false;
  void code.then(() => (isOver = true));
  await vi.waitFor(() => {
    expect(shell.api.calls.at(-1)).toMatchObject({
      ...{ command: "runs.evaluations", payload: { id: "run-1", settled: true } },
    });
  }, 15_000);
  expect(isOver).toBe(false);
  settle(undefined);
  expect(await code).toBe(0);
  expect(shell.said()).toContain("Epoch 2 evaluated: Fréchet distance 5.000, Precision 0.500.");
  expect(shell.said()).not.toContain("Epoch 7");
});
