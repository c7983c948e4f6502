/** What the machine has, and how fast it is: `doctor` and `bench`. */
import { expect, it } from "vitest";
import { createFakeShell } from "./fake-shell.ts";

it("prints a benchmark as a table, and as the document that scripts rely on", async () => {
  const result = {
    ...{ preset: "lsgan-dc", engine: "tensorflow", device: "CPU", threads: 2 },
    modes: [
      { mode: "compiled" as const, msPerStep: 4.2, imagesPerSecond: 30_476.2, compileMs: 1234.5 },
      { mode: "eager" as const, msPerStep: 12.345, imagesPerSecond: 10_368.6 },
    ],
    note: null,
  };
  const answers = { "system.bench": () => result };
  const shell = createFakeShell(answers);
  expect(await shell.run("bench", "--steps", "5", "--warmup", "0")).toBe(0);
  expect(shell.printed()).toMatch(/Compiled +4\.2 +30,476 +1,235 ms/);
  expect(shell.printed()).toMatch(/Eager +12\.3 +10,369/);
  expect(shell.api.calls[0]?.payload).toEqual({
    ...{ preset: "lsgan-dc", steps: 5, warmup: 0, engine: "auto" },
  });
  expect((await createFakeShell(answers).json("bench")).document).toEqual(result);
});

it("tells what the machine has and what would help", async () => {
  const system = {
    ...{ version: "0.1.0", platform: "linux x64", node: "v24.1.0", cores: 1, threads: 1 },
    ...{ memoryBytes: 8 * 1024 ** 3, home: "/data", engine: "wasm" as const },
    ...{ engineVersion: "WebAssembly, portable", device: "CPU", advice: ["Install TensorFlow."] },
    gpu: { used: false, findings: [], summary: "No graphics processor.", remedy: null },
    tensorflow: { folder: null, from: "own" as const, library: null },
  };
  const shell = createFakeShell({ "system.describe": () => system });
  expect(await shell.run("doctor")).toBe(0);
  expect(shell.printed()).toContain("1 core, 8.0 GiB of memory");
  expect(shell.printed()).toContain("For more speed:\n- Install TensorFlow.");
  const content = createFakeShell({ "system.describe": () => ({ ...system, advice: [] }) });
  await content.run("doctor");
  expect(content.printed()).toContain("Nothing is missing.");
});

it("tells why a graphics processor is not used, and what to do", async () => {
  const driver = { name: "NVIDIA driver", text: "550.54.14, RTX 4070", isThere: true };
  const shell = createFakeShell({
    "system.describe": () => ({
      ...{ version: "0.1.0", platform: "linux x64", node: "v24.1.0", cores: 8, threads: 8 },
      ...{ memoryBytes: 8 * 1024 ** 3, home: "/data", engine: "tensorflow" as const },
      ...{ engineVersion: "TensorFlow 2.21.0", device: "CPU", advice: [] },
      gpu: {
        used: false,
        findings: [driver],
        summary: "Not built for it.",
        remedy: "Take another.",
      },
      tensorflow: {
        folder: "/tf",
        from: "settings" as const,
        library: "/tf/libtensorflow_cc.so.2",
      },
    }),
  });
  expect(await shell.run("doctor")).toBe(0);
  expect(shell.printed()).toMatch(/Library +\/tf\/libtensorflow_cc\.so\.2 \(by Settings\)/);
  expect(shell.printed()).toMatch(/NVIDIA driver +550\.54\.14, RTX 4070/);
  expect(shell.printed()).toContain("Not built for it.\nTake another.\n");
  expect(shell.printed()).not.toContain("Nothing is missing");
});
