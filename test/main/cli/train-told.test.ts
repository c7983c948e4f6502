/** What is said while a run trains, and how it is ended. */
import { describe, expect, it } from "vitest";
import { Problem } from "../../../main/spec/problem.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { progressAt, training } from "./training.ts";

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
      "epoch 3 of 3  step 300  D 0.234 (balance 0.250)  G 0.234 (balance 0.125) at step 100  12,800 img/s  1 min 15 s left",
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

  it("says of which step the losses are where not every step is measured", async () => {
    const { shell, running, become } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.api.emit("run.progress", progressAt(1));
    shell.wait(10_000);
    shell.api.emit("run.progress", { ...progressAt(17), measurements: measurements([]) });
    become({ status: "finished" });
    await code;
    expect(shell.said()).toContain("step 17 of 300  D 0.234  G 0.234 at step 1  12,800 img/s");
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
  it("saves and stops the run, and says by its exit code that it was interrupted", async () => {
    const { shell, running } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.interrupt();
    expect(await code).toBe(130);
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
    // «timeout» sends its signal twice, and means it once.
    shell.interrupt();
    expect(shell.left).toEqual([]);
    shell.wait(500);
    shell.interrupt();
    expect(shell.left).toEqual([130]);
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
    expect(await shell.run("train", "--preset", "lsgan-dc")).toBe(130);
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
    expect(await code).toBe(130);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("is told from %s by the exit code", async (signal, expected) => {
    const { shell, running } = training();
    const code = shell.run("train", "--preset", "lsgan-dc");
    await running;
    shell.interrupt(signal);
    expect(await code).toBe(expected);
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
