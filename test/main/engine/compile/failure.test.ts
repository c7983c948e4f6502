import { describe, expect, it } from "vitest";
import { typeAttribute } from "../../../../main/engine/compile/attributes.ts";
import { explained, layerOf } from "../../../../main/engine/compile/failure.ts";
import { createGraph } from "../../../../main/engine/compile/graph.ts";
import { addVariables } from "../../../../main/engine/compile/variables.ts";
import { buildGan } from "../../../../main/engine/gan.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";

const gan = buildGan(smallSpecification());

/** A product of an input and the generator's second dense kernel, and a node behind it. */
function graphWithProduct() {
  const graph = createGraph();
  addVariables(graph, { "generator.2.kernel": [16, 784] });
  const x = graph.placeholder("x", "float32", [1, 16]);
  const float = { T: typeAttribute("float32") };
  graph.add("MatMul", "product", [x, "before/generator.2.kernel"], float);
  graph.add("Neg", "behind", ["product"], float);
  return graph;
}

const failing = (message: string) => () =>
  explained(gan, graphWithProduct(), () => {
    throw new Error(message);
  });

describe.skipIf(tensorflowMissing)(`what a native error says, with ${tensorflowTitle}`, () => {
  it("finds the layer whose variables lie nearest before a node", () => {
    expect(layerOf(gan, graphWithProduct(), "behind")).toBe("layer 3 of the generator (dense)");
    expect(layerOf(gan, graphWithProduct(), "x")).toBeNull();
    expect(layerOf(gan, graphWithProduct(), "no such node")).toBeNull();
  });

  it("names the layer and keeps TensorFlow's reason", () => {
    expect(
      failing("Session fail to run with error: Incompatible shapes\n\t [[{{node product}}]]"),
    ).toThrow(
      expect.objectContaining({
        code: "engine.failed",
        message: expect.stringMatching(
          /in layer 3 of the generator \(dense\): .*Incompatible shapes\. The last checkpoint is kept/,
        ) as string,
      }),
    );
  });

  it("knows memory that has run out, and says what to do", () => {
    for (const message of [
      "RESOURCE_EXHAUSTED: failed to allocate\n\t [[{{node product}}]]",
      "OOM when allocating tensor with shape[128,6272]\n\t [[{{node behind}}]]",
      "CUDA_ERROR_OUT_OF_MEMORY: out of memory",
    ]) {
      expect(failing(message)).toThrow(
        expect.objectContaining({
          code: "engine.memory",
          message: expect.stringContaining("Use a smaller batch") as string,
        }),
      );
    }
  });
});
