import { describe, expect, it } from "vitest";
import type { Handlers, Payload } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const { id } = runSummary();

function cli(answers: Partial<Handlers> = {}) {
  return createFakeShell({
    "runs.list": () => ({ runs: [runSummary()], total: 1 }),
    "exports.write": ({ path, formats }: Payload<"exports.write">) => ({
      ...{
        id,
        step: 20,
        epoch: 2,
        path,
        files: [`${path}/generator.onnx`],
        maxAbsDifference: 3e-7,
      },
      formats: formats.map((format) => ({
        ...{ format, files: [`generator.${format}`], bytes: 2048, checkedBy: "onnxruntime" },
        ...{ difference: 3e-7, loading: { language: "python", code: "import onnx" } },
      })),
    }),
    ...answers,
  });
}

const asked = ({ calls }: { calls: { command: string; payload: unknown }[] }) =>
  calls.find(({ command }) => command === "exports.write")?.payload;

describe("gan-studio export", () => {
  it("writes what was asked for and tells the largest difference", async () => {
    const fake = cli();
    const words = ["export", "last", "--format", "onnx, keras", "--out", "digits", "--half"];
    expect(await fake.run(...words)).toBe(0);
    expect(asked(fake.api)).toMatchObject({
      ...{ id, formats: ["onnx", "keras"], half: true, player: "generator" },
      path: expect.stringMatching(/[\\/]digits$/) as string,
    });
    expect(fake.printed()).toContain("Largest difference: 3.0e-7");
    expect(fake.printed()).toContain("checked by onnxruntime");
    expect(fake.printed()).toContain("  import onnx");
  });

  it("asks for the last weights only when told to", async () => {
    for (const [flag, average] of [
      ["--no-average", false],
      ["--average", true],
    ] as const) {
      const fake = cli();
      await fake.run("export", "last", "--format", "onnx", flag);
      expect(asked(fake.api)).toMatchObject({ average });
    }
    const fake = cli();
    await fake.run("export", "last", "--format", "onnx");
    expect(asked(fake.api)).not.toHaveProperty("average");
  });

  it("prints one JSON document", async () => {
    const fake = cli();
    await fake.run("export", "last", "--format", "onnx", "--json");
    const result = JSON.parse(fake.printed()) as { files: string[]; maxAbsDifference: number };
    expect(result).toMatchObject({ maxAbsDifference: 3e-7 });
    expect(result.files).toHaveLength(1);
  });

  const wrong: [string[], RegExp][] = [
    [["--format", "docx"], /no export format «docx»/],
    [[], /--format/],
    [["--format", "onnx", "--player", "judge"], /generator or discriminator/],
    [["--format", "onnx", "--layout", "caffe"], /pytorch or tensorflow/],
    [["--format", "onnx", "--batch", "0"], /from 1 to 4,096/],
  ];
  for (const [words, message] of wrong) {
    it(`refuses ${words.join(" ") || "a missing format"}`, async () => {
      const fake = cli();
      expect(await fake.run("export", "last", ...words)).toBe(2);
      expect(fake.said()).toMatch(message);
      expect(asked(fake.api)).toBeUndefined();
    });
  }

  it("says how to replace what is there", async () => {
    const taken = () => {
      throw new Problem(
        "file.exists",
        "/x exists already; choose another name or remove it first.",
      );
    };
    const fake = cli({ "exports.write": taken });
    expect(await fake.run("export", "last", "--format", "png")).toBe(1);
    expect(fake.said()).toContain("/x exists already. Name another place with --out");
  });
});

describe("gan-studio open", () => {
  it("takes in a generator", async () => {
    const fake = cli({ "exports.import": () => runSummary({ id: "opened-1", name: "Digits" }) });
    expect(await fake.run("open", "g.safetensors")).toBe(0);
    expect(fake.printed()).toContain("Digits is here as the run opened-1.");
  });
});
