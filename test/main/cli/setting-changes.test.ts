import { describe, expect, it } from "vitest";
import { withSettings } from "../../../main/cli/setting-changes.ts";
import {
  newAugmentations,
  newLosses,
  newOptimizers,
  newRegularizers,
  newSchedules,
} from "../../../main/spec/defaults.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const specification = smallSpecification();

describe("settings by their path", () => {
  it("are the specification's own, or the short names of what is changed most", () => {
    const changed = withSettings(presetOf("wgan-gp").specification, [
      "generator.learningRate=0.0003",
      "optimizers.discriminator.learningRate=4e-4",
      "k=2",
      "batchSize=32",
      "regularizers=[]",
      "data.shuffle=false",
    ]);
    expect(changed.optimizers.generator.learningRate).toBe(0.0003);
    expect(changed.optimizers.discriminator.learningRate).toBe(0.0004);
    expect(changed.loop).toMatchObject({ discriminatorSteps: 2, batchSize: 32 });
    expect(changed.regularizers).toEqual([]);
    expect(changed.data.shuffle).toBe(false);
  });

  it("that do not exist, or hold what they must not, are refused with their name", () => {
    const wrong: [string, RegExp][] = [
      ["generator.rate=1", /no «rate» in generator. There is: layers/],
      ["nothing=1", /no «nothing»/],
      ["__proto__.x=1", /no «__proto__»/],
      ["batchSize", /path and a value/],
      ["batchSize=many", /^loop\.batchSize must be a whole number/],
      ["batchsize=32", /no «batchsize» in a specification. Did you mean «batchSize»\?/],
      ["generator.learningrate=1", /Did you mean «learningRate»\? There is: layers; of its optim/],
      ["generator.layers.99=relu", /no «99» in generator.layers. There is: 0, 1/],
      ["loss=hinje", /Did you mean «hinge»\?/],
      ["loss.kind=hinge", /^loss/],
    ];
    for (const twice of [
      ["loop=null", "batchSize=3"],
      ["optimizers=null", "generator.beta1=0"],
    ])
      expect(() => withSettings(specification, twice)).toThrow(Problem);
    for (const [text, message] of wrong) {
      expect.soft(() => withSettings(specification, [text]), text).toThrow(message);
      // What was typed is wrong in itself: exit code 2.
      expect
        .soft(() => withSettings(specification, [text]), text)
        .toThrow(expect.objectContaining({ code: "usage" }));
    }
  });
});

describe("a kind by its name alone", () => {
  it("means the kind with its usual settings", () => {
    const changed = withSettings(presetOf("vanilla-mlp").specification, [
      ...["loss=hinge", "optimizers.generator=sgd", "discriminator.schedule=linear"],
      ...["data.augmentation=affine", "regularizers=r1"],
      ...["generator.layers.1=relu", "generator.layers.0.kernelInitializer=heNormal"],
    ]);
    expect(changed).toMatchObject({
      loss: newLosses.hinge,
      optimizers: {
        generator: newOptimizers.sgd,
        discriminator: { kind: "adam", schedule: newSchedules.linear },
      },
      data: { augmentation: newAugmentations.affine },
      regularizers: [newRegularizers.r1],
    });
    const [first, second] = changed.generator.layers;
    expect(first).toMatchObject({ kernelInitializer: { kind: "heNormal" } });
    expect(second).toEqual({ kind: "relu" });
  });

  it("is only a text where a text is asked for", () => {
    const changed = withSettings(specification, ["outputs.features=hinge"]);
    expect(changed.outputs.features).toBe("hinge");
  });
});
