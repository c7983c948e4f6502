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
    expect(fake.printed()).toMatch(/To load keras, in the folder .*[\\/]digits:\n/);
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
    [["--format", "gif", "--half"], /--half changes nothing in gif; it is for html, onnx/],
    [["--format", "gif,onnx", "--layout", "tensorflow"], /--layout changes .* safetensors\./],
    [["--format", "keras", "--batch", "4"], /--batch changes nothing in keras; it is for onnx\./],
    [["--format", "html", "--count", "9"], /--count changes nothing in html; it is for npy\./],
    [["--format", "png", "--seed", "9"], /--seed changes nothing in png; it is for html, npy\./],
  ];
  for (const [words, message] of wrong) {
    it(`refuses ${words.join(" ") || "a missing format"}`, async () => {
      const fake = cli();
      expect(await fake.run("export", "last", ...words)).toBe(2);
      expect(fake.said()).toMatch(message);
      expect(asked(fake.api)).toBeUndefined();
    });
  }

  it("takes an option that one of the formats has", async () => {
    const fake = cli();
    const words = ["--format", "gif,html,npy", "--half", "--seed", "9", "--count", "5"];
    expect(await fake.run("export", "last", ...words)).toBe(0);
    expect(asked(fake.api)).toMatchObject({ half: true, seed: 9, count: 5 });
    expect(asked(fake.api)).not.toHaveProperty("layout");
  });

  it("tells how a file is loaded by the name and the folder that it was given", async () => {
    const loading = { language: "python", code: 'load("generator.onnx")' };
    const one = { format: "onnx" as const, files: ["generator.onnx"], bytes: 1, checkedBy: "x" };
    const fake = cli({
      "exports.write": ({ path }: Payload<"exports.write">) => ({
        ...{ id, step: 20, epoch: 2, path, files: [path], maxAbsDifference: 0 },
        formats: [{ ...one, difference: 0, loading }],
      }),
    });
    expect(await fake.run("export", "last", "--format", "onnx", "--out", "sub/digits.onnx")).toBe(
      0,
    );
    expect(fake.printed()).toContain('load("digits.onnx")');
    expect(fake.printed()).toMatch(/in the folder .*[\\/]sub:\n/);
  });

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
