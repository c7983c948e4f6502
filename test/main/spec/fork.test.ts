import { describe, expect, it } from "vitest";
import { requireFuture, requireSameState, specificationAt } from "../../../main/spec/fork.ts";
import { dense, flatten, leakyRelu, relu } from "../../../main/spec/layers/shorthand.ts";
import { presets } from "../../../main/spec/presets.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const parent = smallSpecification();

describe("what a fork may change", () => {
  it("is anything that leaves the weights and the optimizers' memory as they are", () => {
    for (const { specification } of presets) {
      const { loop, optimizers } = specification;
      expect(() => {
        requireSameState(specification, {
          ...specification,
          loop: { ...loop, batchSize: 7, discriminatorSteps: 3, lastBatch: "drop", epochs: 99 },
          optimizers: {
            generator: { ...optimizers.generator, learningRate: 1 },
            discriminator: { ...optimizers.discriminator, learningRate: 0 },
          },
          regularizers: [{ kind: "weightClip", limit: 1 }],
        });
      }).not.toThrow();
    }
  });

  it("takes in layers that have no weights of their own, if none comes or goes", () => {
    const layers = [flatten, dense(16), leakyRelu(0.1), relu, dense(1)];
    const child = { ...parent, discriminator: { layers } };
    expect(() => {
      requireSameState(parent, child);
    }).not.toThrow();
    const wider = [flatten, dense(17), leakyRelu(0.2), relu, dense(1)];
    expect(() => {
      requireSameState(parent, { ...parent, discriminator: { layers: wider } });
    }).toThrow(/^discriminator\.layers\[1\]\.units: /);
  });

  it("leaves out a momentum that comes or goes", () => {
    const sgd = (momentum: number) => ({
      ...({ kind: "sgd", learningRate: 0.1, momentum, nesterov: false } as const),
      schedule: { kind: "constant" } as const,
    });
    const withSgd = (momentum: number) => ({
      ...parent,
      optimizers: { ...parent.optimizers, generator: sgd(momentum) },
    });
    expect(() => {
      requireSameState(withSgd(0.5), withSgd(0.9));
    }).not.toThrow();
    expect(() => {
      requireSameState(withSgd(0), withSgd(0.9));
    }).toThrow(/^optimizers\.generator\.momentum: /);
  });
});

it("a fork that would train nothing is refused", () => {
  const place = { step: 8, epoch: 2 };
  expect(() => {
    requireFuture(parent, place);
  }).toThrow(/^loop\.epochs: 2 in all leaves nothing to train after epoch 2/);
  expect(() => {
    requireFuture(smallSpecification({ epochs: 9, steps: 8 }), place);
  }).toThrow(/^loop\.steps: 8 in all/);
});

it("a run's settings at a step have what was changed live until then", () => {
  const events = [
    { step: 3, kind: "learning rates", detail: "generator 0.5" },
    { step: 5, kind: "discriminator steps", detail: "4 a step" },
    { step: 6, kind: "learning rates", detail: "generator 0.25, discriminator 0.125" },
  ];
  const at = (step: number) => {
    const { optimizers, loop } = specificationAt(parent, events, step);
    return [
      ...[optimizers.generator.learningRate, optimizers.discriminator.learningRate],
      loop.discriminatorSteps,
    ];
  };
  const { generator, discriminator } = parent.optimizers;
  expect(at(2)).toEqual([generator.learningRate, discriminator.learningRate, 1]);
  expect(at(4)).toEqual([0.5, discriminator.learningRate, 1]);
  expect(at(8)).toEqual([0.25, 0.125, 4]);
});
