import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { createGraph } from "../../../../main/engine/compile/graph.ts";
import { observe, type Observation } from "../../../../main/engine/compile/observe.ts";
import { openSession } from "../../../../main/engine/compile/session.ts";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";

/** Traces `f` of one float32 input [2] and runs it on `values` as a graph. */
function graphOf(f: (x: tf.Tensor) => tf.Tensor, values: number[]): number[] {
  const graph = createGraph();
  const input = graph.placeholder("x", "float32", [2]);
  let output = "";
  observe(graph, "f", ({ bind, nodeOf }: Observation) => {
    const x = tf.zeros([2]);
    bind(x, input);
    output = nodeOf(f(x));
  });
  const session = openSession(graph);
  const [result] = session.run(
    [{ node: input, type: "float32", shape: [2], values: Float32Array.from(values) }],
    [output],
  );
  session.close();
  return Array.from(result ?? []);
}

describe.skipIf(tensorflowMissing)(`observation on ${tensorflowTitle}`, () => {
  beforeAll(async () => {
    await loadBackend("tensorflow");
  });

  it("turns what tfjs executes into a graph that computes the same of other numbers", () => {
    const f = (x: tf.Tensor) => tf.sum(tf.mul(tf.add(x, 1), tf.tensor1d([10, 100])));
    expect(graphOf(f, [0, 0])).toEqual([110]);
    expect(graphOf(f, [1, 2])).toEqual([320]);
  });

  it("follows gradients, which tfjs makes out of operations", () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.square(x)));
    expect(graphOf((x) => gradient(x), [3, -4])).toEqual([6, -8]);
  });

  it("refuses a value that is read back, since it would be frozen", () => {
    expect(() => graphOf((x) => tf.mul(x, x.dataSync()[0] ?? 0), [1, 2])).toThrow(
      "the step reads a value back while it runs",
    );
  });

  it("refuses a tensor from elsewhere, and names the operation that uses it", () => {
    const foreign = tf.add(tf.scalar(1), tf.scalar(2));
    expect(() => graphOf((x) => tf.mul(x, foreign), [1, 2])).toThrow(
      "Mul uses a tensor that was made outside the step",
    );
  });

  it("refuses a constant that is no number", () => {
    expect(() =>
      graphOf(
        (x) => {
          const text = tf.tensor1d(["a"], "string");
          return tf.mul(x, tf.cast(tf.equal(text, text), "float32"));
        },
        [1, 2],
      ),
    ).toThrow("a constant has element type 7");
  });

  it("leaves the binding as it was, also after a refusal", () => {
    const backend = tf.backend() as unknown as { binding: object };
    const before = backend.binding;
    expect(() => graphOf((x) => tf.mul(x, x.dataSync()[0] ?? 0), [1, 2])).toThrow();
    expect(backend.binding).toBe(before);
    expect(tf.add(tf.scalar(1), tf.scalar(2)).dataSync()[0]).toBe(3);
  });
});
