/** What an ONNX file says of itself; that runtimes agree is tested in formats and other-readers. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { defaultOptions, type ExportOptions } from "../../../main/exporting/format.ts";
import { exportModel } from "../../../main/exporting/model.ts";
import { decodeModel } from "../../../main/exporting/onnx/messages.ts";
import { onnx } from "../../../main/exporting/onnx/onnx.ts";
import { newLayers } from "../../../main/spec/defaults.ts";
import { cdcgan } from "../../../main/spec/presets/cdcgan.ts";
import { scaledDown } from "../../support/scaled-down.ts";
import { trainedLike } from "../../support/trained-like.ts";

async function written(
  player: "generator" | "discriminator",
  options: Partial<ExportOptions> = {},
  full = cdcgan.specification,
) {
  const specification = scaledDown(full);
  const state = trainedLike(specification);
  const facts = { step: "390" };
  const model = exportModel({ specification, state, player, useAverage: false, facts });
  const [file] = await onnx.write(model, { ...defaultOptions, ...options });
  if (!file) throw new Error("nothing was written");
  return { path: file.path, model: decodeModel(file.content) };
}

const sizesOf = (
  value: Awaited<ReturnType<typeof written>>["model"]["graph"]["input"][number],
) => ({
  name: value.name,
  type: value.type.tensor_type.elem_type,
  sizes: value.type.tensor_type.shape.dim.map(({ dim_value, dim_param }) =>
    dim_param === "" ? dim_value : dim_param,
  ),
});

describe("an ONNX file", () => {
  beforeAll(async () => {
    await loadBackend("auto");
  });

  it("is one file with named inputs of any batch, images channels first", async () => {
    const { path, model } = await written("discriminator");
    expect(path).toBe("discriminator.onnx");
    expect(model.graph.input.map(sizesOf)).toEqual([
      { name: "image", type: 1, sizes: ["n", 1, 28, 28] },
      { name: "label", type: 7, sizes: ["n"] },
    ]);
    expect(model.graph.output.map(sizesOf)).toEqual([{ name: "score", type: 1, sizes: ["n", 1] }]);
    expect(model).toMatchObject({ ir_version: 8, opset_import: [{ domain: "", version: 17 }] });
  });

  it("states a fixed batch where it is asked for", async () => {
    const { model } = await written("generator", { batch: 3 });
    expect(model.graph.input.map(sizesOf).map(({ sizes }) => sizes)).toEqual([[3, 100], [3]]);
  });

  it("says what goes in and comes out, and the run's facts", async () => {
    const { model } = await written("generator");
    const metadata = Object.fromEntries(model.metadata_props.map(({ key, value }) => [key, value]));
    expect(metadata).toMatchObject({
      step: "390",
      network: "generator",
      layout: "NCHW",
      "input.label": "the class to draw, a whole number from 0 to 9",
      "output.image": "grey images of 28×28 pixels, from −1 (black) to 1 (full brightness)",
    });
    expect(model.graph.input[0]?.doc_string).toBe(metadata["input.z"]);
    expect(model.doc_string).toContain("generator: noise of 100 numbers");
  });

  it("holds kernels alone as float16 in half precision", async () => {
    const { model } = await written("generator", { half: true });
    const types = new Map<string, number>(
      model.graph.initializer.map(({ name, data_type }) => [name, data_type]),
    );
    expect(types.get("conv_transpose1.weight.float16")).toBe(10);
    expect(types.has("conv_transpose1.weight")).toBe(false);
    expect(types.get("batch_norm1.running_var")).toBe(1);
  });

  it("holds what normalises images as float32, though its scale has as many axes as a kernel", async () => {
    const { generator } = cdcgan.specification;
    const layers = generator.layers.map((layer) =>
      layer.kind === "batchNorm" ? newLayers.layerNorm : layer,
    );
    const normalised = { ...cdcgan.specification, generator: { layers } };
    const { model } = await written("generator", { half: true }, normalised);
    const scales = model.graph.initializer.filter(({ name }) => name.startsWith("layer_norm"));
    expect(scales.some(({ dims }) => dims.length === 3)).toBe(true);
    expect(scales.map(({ data_type }) => data_type)).toEqual(scales.map(() => 1));
  });
});
