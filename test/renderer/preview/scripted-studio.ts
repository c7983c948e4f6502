/** A studio whose runs train by script: plausible losses, one grid an epoch, all commands work. */
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunDetail, RunStatus, RunSummary } from "../../../main/contract/runs.ts";
import type { DatasetInfo } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";
import { createFakeTransport, type FakeTransport } from "../../support/fake-transport.ts";
import { pixelsOfDigits, pngOfDigits } from "./digits.ts";
import { measurementsOf } from "./scripted-measurements.ts";

const stepsPerEpoch = 141;
const hour = 3_600_000;

const datasets: DatasetInfo[] = [
  {
    id: "digits",
    name: "Built-in digits",
    source: { kind: "digits", count: 20_000, seed: 1 },
    image: { height: 28, width: 28, channels: 1 },
    length: 20_000,
    classCounts: [1987, 2014, 1991, 2033, 1976, 2001, 2022, 1969, 2008, 1999],
  },
  {
    id: "mnist-training",
    name: "MNIST, training images",
    source: { kind: "idx", path: "/home/ada/data/mnist/train-images-idx3-ubyte.gz" },
    image: { height: 28, width: 28, channels: 1 },
    length: 60_000,
    classCounts: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  },
];

interface Script {
  id: string;
  name: string;
  preset: string;
  status: RunStatus;
  epoch: number;
  reason?: string;
  hoursAgo: number;
}

const scripts: Script[] = [
  {
    id: "live",
    name: "Least squares, convolutional",
    preset: "lsgan-dc",
    status: "running",
    epoch: 6,
    hoursAgo: 0.2,
  },
  {
    id: "paused",
    name: "Smaller batches",
    preset: "lsgan-dc",
    status: "paused",
    epoch: 3,
    hoursAgo: 1.5,
  },
  {
    id: "finished",
    name: "Vanilla on MNIST",
    preset: "vanilla-mlp",
    status: "finished",
    epoch: 10,
    hoursAgo: 20,
  },
  {
    id: "interrupted",
    name: "Overnight",
    preset: "lsgan-dc",
    status: "interrupted",
    epoch: 4,
    hoursAgo: 31,
  },
  {
    id: "failed",
    name: "Ten times the learning rate",
    preset: "vanilla-mlp",
    status: "failed",
    epoch: 2,
    reason: "The discriminator's loss stopped being a number at step 371.",
    hoursAgo: 50,
  },
  {
    id: "stopped",
    name: "First try",
    preset: "vanilla-mlp",
    status: "stopped",
    epoch: 7,
    hoursAgo: 800,
  },
];

function detailOf(script: Script): RunDetail {
  const createdAt = Date.now() - script.hoursAgo * hour;
  const { specification } = presetOf(script.preset);
  const step = script.epoch * stepsPerEpoch;
  const at = (kind: string, detail: string, when: number, place = step) => ({
    at: when,
    step: place,
    kind,
    detail,
  });
  const ends =
    script.status === "running"
      ? []
      : [at(script.status, script.reason ?? "", createdAt + script.epoch * 21_000)];
  return {
    run: {
      ...{ id: script.id, name: script.name, preset: script.preset, status: script.status },
      ...{
        reason: script.reason ?? null,
        code: script.status === "failed" ? "run.diverged" : null,
      },
      ...{ epoch: script.epoch, step, epochs: 10 },
      ...{
        dataset: "Built-in digits",
        engine: "tensorflow",
        mode: "compiled",
        seconds: script.epoch * 20.4,
      },
      losses: {
        generator: script.status === "failed" ? Number.NaN : 0.41,
        discriminator: script.status === "failed" ? Number.NaN : 0.19,
      },
      ...{ createdAt, updatedAt: createdAt },
    },
    specification: { ...specification, loop: { ...specification.loop, epochs: 10 } },
    samples: Array.from({ length: script.epoch }, (_, i) => ({
      step: (i + 1) * stepsPerEpoch,
      epoch: i + 1,
      closesEpoch: true,
      count: 16,
      columns: 4,
    })),
    checkpoints:
      script.epoch === 0 ? [] : [{ step, epoch: script.epoch, bytes: 96_000_000, sha256: "" }],
    events: [at("started", "TensorFlow 2.21.0, 2 threads", createdAt, 0), ...ends],
  };
}

export function createScriptedStudio({ empty }: { empty: boolean }): FakeTransport {
  const runs = new Map((empty ? [] : scripts).map((script) => [script.id, detailOf(script)]));
  const get = (id: string): RunDetail => {
    const detail = runs.get(id);
    if (!detail)
      throw new Problem("run.unknown", `There is no run «${id}». Runs lists those that exist.`);
    return detail;
  };
  const change = (id: string, changes: Partial<RunSummary>): RunSummary => {
    const detail = get(id);
    const run = { ...detail.run, ...changes, updatedAt: Date.now() };
    runs.set(id, { ...detail, run });
    transport.emit("run.changed", run);
    return run;
  };

  const answers: Partial<Handlers> = {
    "system.describe": () => ({
      ...{ version: "0.1.0", platform: "Debian 12, x86-64", node: "24.21.0", cores: 2 },
      ...{ memoryBytes: 8_200_000_000, home: "/home/ada/.local/share/gan-studio" },
      ...{
        engine: "tensorflow" as const,
        engineVersion: "TensorFlow 2.21.0",
        device: "CPU, 2 threads",
        threads: 2,
      },
      advice: [
        "This machine has a GPU that TensorFlow cannot use yet. Install the GPU build of TensorFlow and start GAN Studio again.",
      ],
    }),
    "datasets.list": () => ({ datasets: [...datasets] }),
    "datasets.preview": ({ id, count }) => pixelsOfDigits(count, id === "digits" ? 3 : 5),
    "datasets.add": async ({ source }) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      throw new Problem(
        "data.missing",
        `There is no file or folder «${typeof source === "string" ? source : source.kind}». Check the path on the machine where GAN Studio runs.`,
      );
    },
    "runs.list": ({ search }) => ({
      runs: [...runs.values()]
        .map(({ run }) => run)
        .filter((run) => run.name.toLowerCase().includes((search ?? "").toLowerCase())),
    }),
    "runs.get": ({ id }) => get(id),
    "runs.measurements": ({ id }) => measurementsOf(get(id).run, get(id).run.step),
    "runs.sampleImage": async ({ id, step }) => ({
      png: await pngOfDigits(
        16,
        4,
        id.length,
        Math.min(1, 0.15 + 0.85 * (1 - Math.exp(-step / 300))),
      ),
    }),
    "runs.start": ({ specification, name }) => {
      const parsed = parseSpecification(specification);
      const id = `new-${runs.size.toString()}`;
      const detail = detailOf({
        id,
        name: name ?? "New run",
        preset: parsed.preset ?? "lsgan-dc",
        status: "running",
        epoch: 0,
        hoursAgo: 0,
      });
      runs.set(id, { ...detail, specification: parsed });
      return change(id, { epochs: parsed.loop.epochs });
    },
    "runs.pause": ({ id }) => change(id, { status: "paused" }),
    "runs.continue": ({ id }) => change(id, { status: "running" }),
    "runs.stop": ({ id }) => change(id, { status: "stopped" }),
    "runs.save": ({ id }) => change(id, {}),
    "runs.resume": ({ id, epochs }) =>
      change(id, { status: "running", epochs: epochs ?? 10, reason: null, code: null }),
  };
  const transport = createFakeTransport(answers);
  setInterval(() => {
    for (const { run } of runs.values()) if (run.status === "running") train(run.id);
  }, 400);

  function train(id: string): void {
    const { run } = get(id);
    const step = run.step + 7;
    const epoch = Math.floor(step / stepsPerEpoch);
    runs.set(id, { ...get(id), run: { ...run, step, epoch, seconds: run.seconds + 0.4 } });
    const all = measurementsOf(run, step);
    const from = all.steps.findIndex((known) => known > run.step);
    if (from === -1) return;
    const values = Object.fromEntries(
      Object.entries(all.values).map(([key, column]) => [key, column.slice(from)]),
    ) as typeof all.values;
    const totalSteps = run.epochs * stepsPerEpoch;
    transport.emit("run.progress", {
      ...{ id, step, epoch, stepsPerEpoch, totalSteps, millisecondsPerStep: 118 },
      ...{ imagesPerSecond: 1085 + Math.sin(step) * 20, secondsLeft: (totalSteps - step) * 0.118 },
      measurements: { steps: all.steps.slice(from), values },
    });
    if (epoch > run.epoch) {
      const sample = {
        step: epoch * stepsPerEpoch,
        epoch,
        closesEpoch: true,
        count: 16,
        columns: 4,
      };
      runs.set(id, { ...get(id), samples: [...get(id).samples, sample] });
      transport.emit("run.sampled", { id, sample });
      change(id, epoch >= run.epochs ? { status: "finished" } : {});
    }
  }
  return transport;
}
