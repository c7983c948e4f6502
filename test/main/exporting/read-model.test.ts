/** Files that come back from anywhere: ours, damaged, and foreign. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { defaultOptions, type ExportedFile } from "../../../main/exporting/format.ts";
import { exportModel } from "../../../main/exporting/model.ts";
import { readSafetensors } from "../../../main/exporting/safetensors/read.ts";
import { weightsFile } from "../../../main/exporting/safetensors/write.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../main/files/safetensors.ts";
import type { TensorFile } from "../../../main/files/safetensors.ts";
import { reportOf } from "../../../main/spec/problem.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { strides } from "../../support/export-cases.ts";
import { trainedLike } from "../../support/trained-like.ts";

const problemOf = (work: () => unknown) => {
  try {
    work();
  } catch (thrown) {
    return reportOf(thrown);
  }
  throw new Error("nothing was refused");
};

describe("a model's file", () => {
  let file: ExportedFile;
  let specification: Specification;

  beforeAll(async () => {
    await loadBackend("auto");
    specification = structuredClone(strides.specification);
    specification.data.source = { kind: "idx", path: "C:\\Users\\Somebody\\digits" };
    const state = trainedLike(specification);
    const facts = { run: "a run", format: "something else" };
    const source = { specification, state, player: "generator", useAverage: true, facts } as const;
    file = weightsFile(exportModel(source), defaultOptions);
  });

  const changed = (change: (file: TensorFile) => TensorFile): ExportedFile => {
    const { tensors, metadata } = change(decodeSafetensors(file.content, "own"));
    return {
      path: "own",
      content: new Uint8Array(Buffer.concat(encodeSafetensors(tensors, metadata))),
    };
  };

  it("tells what it is of, and not where the data lies", () => {
    const read = readSafetensors(file);
    expect(read.player).toBe("generator");
    expect(read.facts).toMatchObject({
      run: "a run",
      format: "gan-studio-model",
      weights: "moving average",
      "input.z": "noise of 4 numbers an image, drawn from the uniform distribution from −1 to 1",
      "input.label": "the class to draw, a whole number from 0 to 2",
    });
    expect(read.specification.data.source).toEqual({ kind: "idx", path: "digits" });
    expect(JSON.stringify(read.facts)).not.toContain("Somebody");
  });

  it("has spectral normalisation and the average in its weights", () => {
    const { specification: read, state } = readSafetensors(file);
    expect(JSON.stringify(read.generator)).not.toContain('"spectralNorm":true');
    expect(read.generatorAverage).toBeNull();
    expect(Object.keys(state)).not.toContain("generator.1.u");
  });

  it("of another program is refused", () => {
    const { code, message } = problemOf(() =>
      readSafetensors(changed(({ tensors }) => ({ tensors, metadata: { format: "pt" } }))),
    );
    expect(code).toBe("export.unreadable");
    expect(message).toMatch(/^own was not exported by GAN Studio/u);
  });

  it("of a later version is refused", () => {
    const later = changed(({ tensors, metadata }) => ({
      tensors,
      metadata: { ...metadata, version: "2" },
    }));
    expect(problemOf(() => readSafetensors(later)).message).toContain("a later version");
  });

  it("that lacks a weight, or has one of another shape or type, is refused by its name", () => {
    const with1 = (tensor?: TensorFile["tensors"][string]) =>
      problemOf(() =>
        readSafetensors(
          changed(({ tensors, metadata }) => {
            const { "conv_transpose1.weight": _, ...others } = tensors;
            const kept = tensor ? { ...others, "conv_transpose1.weight": tensor } : others;
            return { tensors: kept, metadata };
          }),
        ),
      );
    expect(with1()).toEqual({
      code: "export.unreadable",
      message: "own is damaged: it lacks the kernel of «conv_transpose1». Export it again.",
    });
    const flat = with1({ shape: [2], values: new Float32Array(2) });
    expect(flat.message).toContain("«conv_transpose1.weight» of another shape");
    const bytes = with1({ shape: [7, 5, 4, 4], values: new Uint8Array(560) });
    expect(bytes.message).toContain("another type than float32 or float16");
  });

  it.each([
    ["nothing", () => new Uint8Array(0)],
    ["its first half", () => file.content.slice(0, file.content.length / 2)],
    ["noise", () => new Uint8Array(1000).map((_, i) => (i * 37) % 251)],
  ])("of %s is refused", (_, content) => {
    const { code, message } = problemOf(() => readSafetensors({ path: "own", content: content() }));
    expect(code).toBe("export.unreadable");
    expect(message).toMatch(/^own is damaged: .* Export it again\.$/u);
  });

  it("with a specification that is none is refused", () => {
    for (const text of ["", "{", "null", '{"version":1}']) {
      const broken = changed(({ tensors, metadata }) => ({
        tensors,
        metadata: { ...metadata, specification: text },
      }));
      expect(["export.unreadable", "spec.invalid"]).toContain(
        problemOf(() => readSafetensors(broken)).code,
      );
    }
  });
});
