import { describe, expect, test } from "vitest";
import {
  flowsOf,
  memoryOf,
  multiplyAddsOf,
  multiplyAddsOfStep,
  predictStep,
} from "../../../main/spec/cost.ts";
import { followNetwork } from "../../../main/spec/flow.ts";
import type { Layer } from "../../../main/spec/layers.ts";
import { conv2d, conv2dTranspose, dense, relu } from "../../../main/spec/layers/shorthand.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import type { Shape } from "../../../main/spec/shape.ts";

const count = (layer: Layer, input: Shape) => {
  const [flow] = followNetwork({ layers: [layer] }, input).layers;
  return multiplyAddsOf(flow!);
};

test("multiply-adds are those of the textbook", () => {
  expect(count(dense(10), [7])).toBe(70);
  expect(count(conv2d(16, { kernel: 3, stride: 2, padding: "same" }), [8, 8, 4])).toBe(
    4 * 4 * (3 * 3 * 4 * 16),
  );
  expect(count(conv2dTranspose(16, { kernel: 4, stride: 2, padding: "same" }), [8, 8, 4])).toBe(
    8 * 8 * (4 * 4 * 4 * 16),
  );
  expect(count(relu, [100])).toBe(0);
  expect(count(dense(10), [2, 2, 2])).toBe(0);
});

describe("a step", () => {
  const { specification } = presetOf("dcgan-bce");
  const step = (changes: Partial<typeof specification> = {}) => {
    const changed = { ...specification, ...changes };
    return multiplyAddsOfStep(changed, flowsOf(changed));
  };

  test("costs in proportion to its batch", () => {
    const loop = { ...specification.loop, batchSize: specification.loop.batchSize * 2 };
    expect(step({ loop })).toBe(2 * step());
  });

  test("costs more with more discriminator updates and with a gradient penalty", () => {
    const loop = { ...specification.loop, discriminatorSteps: 5 };
    expect(step({ loop })).toBeGreaterThan(3 * step());
    expect(
      step({ regularizers: [{ kind: "gradientPenalty", weight: 10, target: 1 }] }),
    ).toBeGreaterThan(step());
    expect(step({ regularizers: [{ kind: "weightClip", limit: 0.01 }] })).toBe(step());
  });
});

test("memory counts parameters with their slots, and grows with the batch", () => {
  const { specification } = presetOf("vanilla-mlp");
  const memory = (changes: Partial<typeof specification>) => {
    const changed = { ...specification, ...changes };
    return memoryOf(changed, flowsOf(changed));
  };
  const sgd = { kind: "sgd", learningRate: 0.1, momentum: 0, nesterov: false } as const;
  const plain = { ...sgd, schedule: { kind: "constant" } } as const;
  const flows = flowsOf(specification);
  const parameters = flows.generator.parameters + flows.discriminator.parameters;
  const saved = memory({}) - memory({ optimizers: { generator: plain, discriminator: plain } });
  expect(saved).toBe(2 * 4 * parameters);
  const loop = { ...specification.loop, batchSize: 256 };
  expect(memory({ loop })).toBeGreaterThan(memory({}));
  expect(memory({ generatorAverage: { decay: 0.99 } }) - memory({})).toBe(
    4 * flows.generator.parameters,
  );
});

describe("the predicted time", () => {
  const small = { name: "small", multiplyAdds: 1e6, secondsPerStep: 0.01 };
  const large = { name: "large", multiplyAdds: 1e9, secondsPerStep: 1 };

  test("is scaled from the measured run whose cost is nearest", () => {
    expect(predictStep(2e9, [small, large])).toEqual({ seconds: 2, like: large });
    expect(predictStep(2e6, [small, large])).toEqual({ seconds: 0.02, like: small });
  });

  test("is left out without a measurement, or without a cost", () => {
    expect(predictStep(1e6, [])).toBeNull();
    expect(predictStep(0, [small])).toBeNull();
    expect(predictStep(NaN, [small])).toBeNull();
    expect(predictStep(1e6, [{ ...small, secondsPerStep: 0 }])).toBeNull();
  });
});
