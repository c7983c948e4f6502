/** What can be told of a feature network's files before any runtime opens them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { featureFiles, requireFeatureFile } from "../../../../main/exporting/features/files.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const model = (paths: string[]) =>
  JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths, weights: [] }] });

describe("the files of a feature network", () => {
  it("are an ONNX file by itself, or a description with its weights beside it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "encoder.ONNX"), "bytes");
    writeFileSync(join(folder, "one.bin"), "1");
    writeFileSync(join(folder, "two.bin"), "22");
    writeFileSync(join(folder, "model.json"), model(["one.bin", "two.bin"]));
    const sizes = async (name: string) =>
      (await featureFiles(join(folder, name))).map(({ path, content }) => [path, content.length]);
    expect(await sizes("encoder.ONNX")).toEqual([["encoder.ONNX", 5]]);
    expect((await sizes("model.json")).slice(1)).toEqual([
      ["one.bin", 1],
      ["two.bin", 2],
    ]);
  });

  it("lack weights that are not there", async () => {
    const file = join(temporaryFolder(), "model.json");
    writeFileSync(file, model(["gone.bin"]));
    await expect(featureFiles(file)).rejects.toThrow(/gone\.bin cannot be read: it does not exist/);
    // Before a run begins nothing is read.
    await requireFeatureFile(file);
  });

  it("are told with the cure where they cannot be", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "saved.onnx"));
    const told = async (name: string) =>
      requireFeatureFile(join(folder, name)).catch((thrown: unknown) => String(thrown));
    expect(await told("gone.onnx")).toMatch(/or none to compare by the data set's own network\.$/);
    expect(await told("saved.onnx")).toMatch(/is no file\. Name the \.onnx file/);
    expect(await told("weights.h5")).toMatch(/features are computed by an \.onnx file or/);
  });
});
