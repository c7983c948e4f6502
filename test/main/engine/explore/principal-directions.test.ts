import { describe, expect, it } from "vitest";
import { principalDirections } from "../../../../main/engine/explore/principal-directions.ts";
import { buildGan, initialState } from "../../../../main/engine/gan.ts";
import { conv2dTranspose, dense, reshape, tanh } from "../../../../main/spec/layers/shorthand.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { smallSpecification } from "../../../support/small-specification.ts";

/** The state of a new run whose first kernel is `change` of each place in it. */
function stateWith(
  specification: Specification,
  change: (place: number) => number,
  name = "generator.0.kernel",
) {
  const gan = buildGan(specification);
  const state = initialState(gan);
  const kernel = state[name]!;
  const values = kernel.values.map((_, place) => change(place));
  return { gan, state: { ...state, [name]: { ...kernel, values } } };
}

describe("the principal directions of a generator", () => {
  it("are the axes in the order of their weights where each input has its own unit", () => {
    // Kernel [8, 16]: input i feeds unit i alone, with weight i + 1.
    const weight = (place: number) =>
      place % 16 === Math.floor(place / 16) ? Math.floor(place / 16) + 1 : 0;
    const { gan, state } = stateWith(smallSpecification(), weight);
    const { directions } = principalDirections(gan, state, 3);
    expect(directions?.map(({ vector }) => vector.indexOf(1))).toEqual([7, 6, 5]);
    expect(directions?.[0]?.share).toBeCloseTo(64 / 204, 9);
  });

  it("look at the latent vector's rows alone where labels are joined to it", () => {
    const specification = {
      ...smallSpecification(),
      conditioning: { classes: 10, discriminator: "oneHot" as const },
      discriminator: { layers: [dense(1)] },
    };
    const { gan, state } = stateWith(specification, (place) => (place < 8 * 16 ? 0 : 5));
    expect(principalDirections(gan, state, 3).reason).toMatch(/weights .* are zero/);
  });

  it("are found in a transposed convolution of one pixel", () => {
    const specification = {
      ...smallSpecification(),
      generator: {
        layers: [
          reshape(1, 1, 8),
          conv2dTranspose(1, { kernel: 28, stride: 1, padding: "valid" }),
          tanh,
        ],
      },
    } as Specification;
    // Kernel [28, 28, 1, 8]: only input 2 has weights.
    const { gan, state } = stateWith(
      specification,
      (place) => (place % 8 === 2 ? 1 : 0),
      "generator.1.kernel",
    );
    const { directions } = principalDirections(gan, state, 1);
    expect(directions?.[0]?.vector[2]).toBeCloseTo(1, 9);
    expect(directions?.[0]?.share).toBeCloseTo(1, 9);
  });

  it("are taken from the moving average where samples are drawn with it", () => {
    const averaged = { ...smallSpecification(), generatorAverage: { decay: 0.9 } };
    const { gan, state } = stateWith(
      averaged,
      (place) => (Math.floor(place / 16) === 4 ? 1 : 0),
      "generator.0.kernel/average",
    );
    expect(principalDirections(gan, state, 1).directions?.[0]?.vector[4]).toBeCloseTo(1, 9);
  });

  it("are not made up for weights that are no numbers or vectors that are too long", () => {
    const { gan, state } = stateWith(smallSpecification(), () => NaN);
    expect(principalDirections(gan, state, 3).reason).toMatch(/no numbers/);
    const long = buildGan({
      ...smallSpecification(),
      latent: { size: 300, distribution: "normal" },
    });
    expect(principalDirections(long, initialState(long), 3).reason).toMatch(/up to 256/);
  });
});
