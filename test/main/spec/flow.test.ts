import { expect, test } from "vitest";
import { followNetwork, variableBytes } from "../../../main/spec/flow.ts";
import { batchNorm, conv2d, dense, flatten, relu } from "../../../main/spec/layers/shorthand.ts";
import { inferNetwork } from "../../../main/spec/network.ts";
import { presets } from "../../../main/spec/presets.ts";
import { flowsOf } from "../../../main/spec/cost.ts";
import { inferSpecification } from "../../../main/spec/specification.ts";

test("a network that fits is followed as it is inferred", () => {
  for (const { specification } of presets) {
    const flows = flowsOf(specification);
    const inferred = inferSpecification(specification);
    for (const name of ["generator", "discriminator"] as const) {
      expect(flows[name].output).toEqual(inferred[name].output);
      expect(flows[name].parameters).toBe(inferred[name].parameters);
      expect(flows[name].layers.map(({ output }) => output)).toEqual(
        inferred[name].layers.map(({ output }) => output),
      );
    }
  }
});

test("the first layer that does not fit has the problem; what follows is unknown, not wrong", () => {
  const layers = [conv2d(8, { kernel: 3, stride: 1, padding: "same" }), dense(4), relu];
  const { layers: flows, output, parameters } = followNetwork({ layers }, [8, 8, 1]);
  expect(flows.map((flow) => flow.output)).toEqual([[8, 8, 8], null, null]);
  expect(flows.map(({ problem }) => problem)).toEqual([
    null,
    "expects a flat vector, gets 8×8×8; put a flatten layer before it.",
    null,
  ]);
  expect(output).toBeNull();
  expect(parameters).toBe(3 * 3 * 8 + 8);
});

test("a layer with a field that cannot be used ends the way without a problem of its own", () => {
  const empty = { ...dense(4), units: null as unknown as number };
  const flow = followNetwork({ layers: [dense(8), empty, dense(1)] }, [3]);
  expect(flow.layers.map((layer) => layer.output)).toEqual([[8], null, null]);
  expect(flow.layers.every(({ problem }) => problem === null)).toBe(true);
});

test("without an input nothing is known", () => {
  expect(followNetwork({ layers: [flatten] }, null).output).toBeNull();
});

test("an example that grows too large is told at the layer that makes it", () => {
  const wide = conv2d(65_536, { kernel: 1, stride: 1, padding: "same" });
  const [flow] = followNetwork({ layers: [wide] }, [64, 64, 1]).layers;
  expect(flow?.problem).toMatch(/^makes 64×64×65536, more than/);
});

test("measured statistics take memory though they are not trained", () => {
  const network = { layers: [dense(10), batchNorm()] };
  const flow = followNetwork(network, [5]);
  expect(flow.parameters).toBe(inferNetwork("n", network, [5]).parameters);
  expect(variableBytes(flow)).toBe(4 * (50 + 10 + 4 * 10));
});
