import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { Progress, RunSummary } from "../../../main/contract/runs.ts";
import { builtInDigits } from "../../../main/spec/data.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { Problem } from "../../../main/spec/problem.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { createFakeShell, type FakeShell } from "./fake-shell.ts";

const preset = presetOf("lsgan-dc").specification;
const digits = {
  ...{ id: "digits", name: "Digits", source: builtInDigits, length: 20_000 },
  ...{ image: { height: 28, width: 28, channels: 1 as const }, classCounts: [] },
};

const progressAt = (step: number): Progress => ({
  ...{ id: runSummary().id, step, epoch: 0, stepsPerEpoch: 100, totalSteps: 300 },
  ...{ millisecondsPerStep: 10, imagesPerSecond: 12_800.4, secondsLeft: 75 },
  measurements: measurements([step], 0.2345),
});

/** An api whose runs go on as the test tells. */
function training(changes: Partial<Handlers> = {}) {
  let last = runSummary({ status: "starting", engine: null });
  let started: () => void = () => undefined;
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  const begin = () => {
    setImmediate(started);
    return last;
  };
  const shell: FakeShell = createFakeShell({
    "datasets.list": () => ({ datasets: [digits] }),
    "runs.start": begin,
    "runs.resume": begin,
    "runs.list": () => ({ runs: [runSummary({ status: "stopped" })], total: 1 }),
    "runs.get": () => ({
      ...{ run: last, specification: preset },
      ...{ samples: [], checkpoints: [], bytes: 0, events: [] },
    }),
    "runs.stop": () => {
      setImmediate(() => {
        become({ status: "stopped" });
      });
      return last;
    },
    ...changes,
  });
  const become = (news: Partial<RunSummary>) => {
    last = { ...last, ...news };
    shell.api.emit("run.changed", last);
  };
  return { shell, running, become };
}

const startedWith = (shell: FakeShell) =>
  shell.api.calls.find(({ command }) => command === "runs.start")?.payload as {
    specification: Specification;
    engine: string;
    name?: string;
  };

async function trained(words: string[]): Promise<FakeShell> {
  const { shell, running, become } = training();
  const code = shell.run("train", ...words);
  await running;
  become({ status: "finished", epoch: 3, step: 300 });
  expect(await code).toBe(0);
  return shell;
}

describe("what is started", () => {
  it("is the preset as it stands when nothing is changed", async () => {
    const shell = await trained(["--preset", "lsgan-dc"]);
    expect(startedWith(shell)).toEqual({ specification: preset, engine: "auto", eager: false });
  });

  it("has the changes that were asked for, and nothing else changed", async () => {
    const words =
      "--preset lsgan-dc --epochs 7 --steps 90 --seed 5 --engine wasm --name abc --eager";
    const shell = await trained(words.split(" "));
    expect(startedWith(shell)).toEqual({
      specification: { ...preset, seed: 5, loop: { ...preset.loop, epochs: 7, steps: 90 } },
      engine: "wasm",
      eager: true,
      name: "abc",
    });
  });

  it("has as many epochs as the steps need that were asked for alone", async () => {
    // 20,000 digits, of which 18,182 train: 142 batches of 128 an epoch.
    const shell = await trained(["--preset", "lsgan-dc", "--steps", "5000"]);
    expect(startedWith(shell).specification.loop).toMatchObject({ steps: 5000, epochs: 36 });
  });

  it("trains on an added data set by its id, and adds a path first", async () => {
    const info = {
      ...digits,
      id: "mnist-1",
      source: { kind: "idx" as const, path: "/data/mnist" },
    };
    const { shell, running, become } = training({
      "datasets.list": () => ({ datasets: [digits, info] }),
    });
    const code = shell.run("train", "--preset", "lsgan-dc", "--data", "mnist-1");
    await running;
    become({ status: "finished" });
    await code;
    expect(startedWith(shell).specification.data).toEqual({ ...preset.data, source: info.source });

    const folder = import.meta.dirname;
    const other = training({ "datasets.add": () => info });
    const second = other.shell.run("train", "--preset", "lsgan-dc", "--data", folder);
    await other.running;
    other.become({ status: "finished" });
    await second;
    expect(other.shell.api.calls).toContainEqual({
      command: "datasets.add",
      payload: { source: folder, image: preset.image },
    });
    expect(startedWith(other.shell).specification.data.source).toEqual(info.source);
  });

  it("uses a folder of pictures at the size of its networks", async () => {
    const size = { height: 64, width: 64, channels: 3 as const };
    const source = { kind: "folder" as const, path: "/data/faces", filter: "front", ...size };
    const info = { ...digits, id: "faces-1", source, image: size };
    const { shell, running, become } = training({
      "datasets.list": () => ({ datasets: [digits, info] }),
      "datasets.add": ({ source: asked }) =>
        typeof asked === "string" ? info : { ...info, source: asked },
    });
    const code = shell.run("train", "--preset", "lsgan-dc", "--data", "faces-1");
    await running;
    become({ status: "finished" });
    await code;
    expect(startedWith(shell).specification.data.source).toEqual({ ...source, ...preset.image });
  });

  it("says which data sets there are when one is not", async () => {
    const { shell } = training();
    expect(await shell.run("train", "--preset", "lsgan-dc", "--data", "nowhere")).toBe(1);
    expect(shell.said()).toContain("no data set «nowhere»");
    expect(shell.said()).toContain("digits");
    expect(startedWith(shell)).toBeUndefined();
  });
});

describe("a specification from a file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gan-studio-cli-"));
    await writeFile(
      join(folder, "good.json"),
      JSON.stringify({ ...preset, preset: null, seed: 9 }),
    );
    await writeFile(join(folder, "text.json"), "{ not json");
    await writeFile(join(folder, "wrong.json"), JSON.stringify({ ...preset, seed: "one" }));
    await writeFile(
      join(folder, "shape.json"),
      JSON.stringify({ ...preset, generator: { layers: [] } }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is trained", async () => {
    const shell = await trained(["--spec", join(folder, "good.json")]);
    expect(startedWith(shell).specification).toEqual({ ...preset, preset: null, seed: 9 });
  });

  it.each([
    ["missing.json", 2, "does not exist"],
    [".", 2, "cannot be read"],
    ["text.json", 1, "not JSON"],
    ["wrong.json", 1, "seed"],
    ["shape.json", 1, "generator"],
  ])("is refused with its fault when it is %s", async (name, code, fault) => {
    const { shell } = training();
    expect(await shell.run("train", "--spec", join(folder, name))).toBe(code);
    expect(shell.said()).toContain(fault);
    expect(shell.homes).toEqual([]);
  });

  it("is not given beside a preset, nor is neither given", async () => {
    const { shell } = training();
    expect(await shell.run("train", "--spec", "a.json", "--preset", "lsgan-dc")).toBe(2);
    expect(await shell.run("train")).toBe(2);
    expect(shell.said()).toContain("lsgan-dc, vanilla-mlp");
  });
});

describe("how it is told", () => {
  it("prints the document that scripts rely on, and nothing else on standard output", async () => {
    const { shell, running, become } = training();
    const result = shell.json("train", "--preset", "lsgan-dc");
    await running;
    const losses = { generator: 0.3, discriminator: NaN };
    become({ status: "finished", epoch: 3, step: 300, seconds: 12.5, losses });
    expect(await result).toEqual({
      code: 0,
      document: {
        ...{ id: runSummary().id, status: "finished", epoch: 3, step: 300, seconds: 12.5 },
        losses: { generator: 0.3, discriminator: null },
      },
    });
  });

  it("says a line an epoch with losses, their balance, speed and time left", async () => {
    const { shell, running, become } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    become({ status: "running", engine: "tensorflow" });
    shell.api.emit("run.progress", progressAt(100));
    become({ epoch: 1, step: 100, losses: { generator: 0.2345, discriminator: 0.2345 } });
    become({ epoch: 1, step: 100 });
    shell.api.emit("run.changed", runSummary({ id: "other", epoch: 2 }));
    become({ status: "finished", epoch: 3, step: 300 });
    expect(await code).toBe(0);
    const epochs = shell.said().match(/^epoch .*$/gm);
    expect(epochs).toEqual([
      "epoch 1 of 3  step 100  D 0.234 (balance 0.250)  G 0.234 (balance 0.125)  12,800 img/s  1 min 15 s left",
      "epoch 3 of 3  step 300  D 0.234 (balance 0.250)  G 0.234 (balance 0.125)  12,800 img/s  1 min 15 s left",
    ]);
    expect(shell.printed()).toContain("finished");
  });

  it("says no more than a line every ten seconds where no bar can be drawn", async () => {
    const { shell, running, become } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    for (let step = 1; step <= 250; step++) {
      shell.wait(100);
      shell.api.emit("run.progress", progressAt(step));
    }
    become({ status: "finished" });
    await code;
    expect(shell.said().match(/^step .*$/gm)).toEqual([
      "step 100 of 300  D 0.234  G 0.234  12,800 img/s  1 min 15 s left",
      "step 200 of 300  D 0.234  G 0.234  12,800 img/s  1 min 15 s left",
    ]);
  });

  it("does not miss a run that ends before its id is known", async () => {
    const { shell, become } = training({
      "runs.start": () => {
        become({ status: "finished", epoch: 3 });
        return runSummary({ status: "starting" });
      },
    });
    expect(await shell.run("train", "--preset", "lsgan-dc")).toBe(0);
  });

  it("exits 1 and tells the reason when the run fails", async () => {
    const { shell, running, become } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    become({ status: "failed", reason: "The loss became NaN.", code: "run.diverged" });
    expect(await code).toBe(1);
    expect(shell.printed()).toContain("The loss became NaN.");
  });

  it.each(["run.diverged", "engine.memory", "disk.full", null] as const)(
    "gives scripts the code %s of a run that fails",
    async (code) => {
      const { shell, running, become } = training();
      const result = shell.json("train", "--preset", "lsgan-dc");
      await running;
      become({ status: "failed", reason: "It broke.", code, step: 7 });
      const error = { code: code ?? "session.crashed", message: "It broke." };
      expect(await result).toMatchObject({
        code: 1,
        document: { status: "failed", step: 7, error },
      });
    },
  );

  it("tells why a run does not start", async () => {
    const { shell } = training({
      "runs.start": () => {
        throw new Problem("data.mismatch", "The images are 32×32×3, not 28×28×1.");
      },
    });
    expect(await shell.run("train", "--preset", "lsgan-dc")).toBe(1);
    expect(shell.said()).toContain("32×32×3");
    expect(shell.listening()).toBe(0);
  });
});

describe("Ctrl-C", () => {
  it("saves and stops the run, which is no failure", async () => {
    const { shell, running } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.interrupt();
    expect(await code).toBe(0);
    expect(shell.said()).toContain("Saving and stopping");
    expect(shell.printed()).toContain("stopped");
    expect(shell.left).toEqual([]);
    expect(shell.listening()).toBe(0);
    expect(shell.api.listeners()).toBe(0);
  });

  it("leaves at once the second time", async () => {
    const { shell, running, become } = training({ "runs.stop": () => runSummary() });
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.interrupt();
    expect(shell.left).toEqual([]);
    shell.interrupt();
    expect(shell.left).toEqual([1]);
    become({ status: "stopped" });
    await code;
  });

  it("is not lost while the run is being started", async () => {
    const { shell } = training({
      "runs.start": () => {
        shell.interrupt();
        return runSummary({ status: "starting" });
      },
    });
    expect(await shell.run("train", "--preset", "lsgan-dc")).toBe(0);
    expect(shell.api.calls.map(({ command }) => command)).toContain("runs.stop");
  });

  it("is no failure when the run has ended by itself in the meantime", async () => {
    const { shell, running, become } = training({
      "runs.stop": () => {
        setImmediate(() => {
          become({ status: "finished" });
        });
        throw new Problem("run.state", "The run has ended.");
      },
    });
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.interrupt();
    expect(await code).toBe(0);
  });

  it("does not wait for ever when the run cannot be stopped", async () => {
    const { shell, running } = training({
      "runs.stop": () => {
        throw new Problem("session.unresponsive", "The session does not answer.");
      },
    });
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.interrupt();
    expect(await code).toBe(1);
    expect(shell.said()).toContain("does not answer");
  });
});

it("resumes a run by the start of its id, up to as many epochs as asked for", async () => {
  const { shell, running, become } = training();
  const code = shell.run("resume", "lsgan", "--epochs", "20");
  await running;
  become({ status: "finished" });
  expect(await code).toBe(0);
  expect(shell.api.calls).toContainEqual({
    command: "runs.resume",
    payload: { id: runSummary().id, epochs: 20, engine: "auto" },
  });
});

it("lists the presets in its help, the name of each apart from its title", async () => {
  const { shell } = training();
  expect(await shell.run("train", "--help")).toBe(0);
  for (const { id, title } of presets) {
    expect.soft(shell.printed().replace(/ {2,}/g, "  ")).toContain(`\n  ${id}  ${title}\n`);
  }
});
