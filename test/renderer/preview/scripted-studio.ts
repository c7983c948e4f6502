/** A studio whose runs train by script: plausible losses, one grid an epoch, all commands work. */
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunDetail, RunStatus, RunSummary } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";
import { createFakeTransport, type FakeTransport } from "../../support/fake-transport.ts";
import { pngOfDigits } from "./digits.ts";
import { scriptedData } from "./scripted-data.ts";
import { doctorAnswers } from "./scripted-doctor.ts";
import { exploreAnswers } from "./scripted-explore.ts";
import { scriptedExports } from "./scripted-exports.ts";
import { scriptedGroups } from "./scripted-groups.ts";
import { scriptedKeeping } from "./scripted-keeping.ts";
import { scriptedQuality } from "./scripted-quality.ts";
import { measurementsOf } from "./scripted-measurements.ts";

const stepsPerEpoch = 141;
const hour = 3_600_000;

interface Script {
  id: string;
  name: string;
  preset: string;
  status: RunStatus;
  epoch: number;
  reason?: string;
  hoursAgo: number;
  parent?: RunSummary["parent"];
  group?: RunSummary["group"];
  tags?: readonly string[];
}

const tries = { id: "group-tries", name: "Five epochs, four seeds", runs: 3 };

const scripts: Script[] = [
  ...[1, 2, 3].map((seed) => ({
    ...{ id: `seed-${seed.toString()}`, name: `Five epochs, seed ${seed.toString()}` },
    ...{ preset: "lsgan-dc", status: "finished" as const, epoch: 6 },
    ...{ hoursAgo: 6 - seed, group: tries, tags: ["five seeds"] },
  })),
  {
    ...{ id: "forked", name: "Vanilla on MNIST, slower generator", preset: "vanilla-mlp" },
    ...{ status: "finished", epoch: 8, hoursAgo: 12 },
    parent: { run: "finished", step: 4 * stepsPerEpoch, epoch: 4 },
  },
  {
    ...{ id: "forked-twice", name: "Slower still", preset: "vanilla-mlp" },
    ...{ status: "stopped", epoch: 7, hoursAgo: 11 },
    parent: { run: "forked", step: 6 * stepsPerEpoch, epoch: 6 },
  },
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
    tags: ["baseline", "for the talk"],
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
        newestSample: script.epoch === 0 ? null : step,
      },
      losses: {
        generator: script.status === "failed" ? Number.NaN : 0.41,
        discriminator: script.status === "failed" ? Number.NaN : 0.19,
      },
      ...{ createdAt, updatedAt: createdAt },
      parent: script.parent ?? null,
      group: script.group ?? null,
      forks: scripts.filter(({ parent }) => parent?.run === script.id).length,
      tags: [...(script.tags ?? [])],
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
    bytes: script.epoch === 0 ? 2400 : 96_000_000 + script.epoch * 21_000,
    events: [
      ...(script.parent
        ? [at("forked", `from ${script.parent.run}`, createdAt, script.parent.step)]
        : [at("started", "TensorFlow 2.21.0, 2 threads", createdAt, 0)]),
      ...ends,
    ],
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
    ...exploreAnswers,
    ...doctorAnswers,
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
      gpu: {
        used: false,
        findings: [
          { name: "NVIDIA driver", text: "550.54.14, NVIDIA GeForce RTX 4070", isThere: true },
          {
            name: "TensorFlow",
            text: "TensorFlow 2.21.0, built for processors alone",
            isThere: false,
          },
        ],
        summary:
          "NVIDIA GeForce RTX 4070 is not used: this TensorFlow 2.21.0 is a build for processors alone.",
        remedy: "Install the build for GPUs, then name its folder below.",
      },
      tensorflow: { folder: null, from: "own" as const, library: "/opt/libtensorflow_cc.so.2" },
    }),
    ...scriptedData((event, detail) => {
      transport.emit(event, detail);
    }),
    ...scriptedKeeping(runs, () => transport),
    ...scriptedGroups(runs),
    ...scriptedQuality(get, (event, detail) => {
      transport.emit(event, detail);
    }),
    ...scriptedExports(
      (progress) => {
        transport.emit("export.progress", progress);
      },
      () => get("finished").run,
    ),
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
    "runs.step": ({ id }) => {
      const { step } = change(id, { step: get(id).run.step + 1 });
      return measurementsOf(get(id).run, step + 1);
    },
    "runs.set": ({ id, learningRates }) => {
      const detail = get(id);
      const told = JSON.stringify(learningRates);
      const event = { at: Date.now(), step: detail.run.step, kind: "learning rates", detail: told };
      runs.set(id, { ...detail, events: [...detail.events, event] });
      transport.emit("run.event", { id, event });
      return change(id, {});
    },
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
      const sampled = get(id);
      runs.set(id, {
        ...sampled,
        run: { ...sampled.run, newestSample: sample.step },
        samples: [...sampled.samples, sample],
      });
      transport.emit("run.sampled", { id, sample });
      change(id, epoch >= run.epochs ? { status: "finished" } : {});
    }
  }
  return transport;
}
