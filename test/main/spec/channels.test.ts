import { describe, expect, it } from "vitest";
import { withChannelsOf } from "../../../main/spec/channels.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";

describe("networks for other channels", () => {
  it.each(presets.map(({ id }) => id))("%s draws its images with other channels and back", (id) => {
    const { specification } = presetOf(id);
    const { image } = specification;
    const other = { ...image, channels: image.channels === 1 ? 3 : 1 } as typeof image;
    const fitted = withChannelsOf(specification, other);
    expect(fitted.image).toEqual(other);
    expect(parseSpecification(fitted)).toEqual(fitted);
    expect(fitted.discriminator).toBe(specification.discriminator);
    expect(withChannelsOf(fitted, image)).toEqual(specification);
  });

  it("stay as they are for another size, or where the last layer is not what gives the channels", () => {
    const { specification } = presetOf("dcgan-bce");
    const larger = { height: 32, width: 32, channels: 3 } as const;
    expect(withChannelsOf(specification, larger)).toBe(specification);
    expect(withChannelsOf(specification, specification.image)).toBe(specification);
    const odd = {
      ...specification,
      generator: { layers: specification.generator.layers.slice(0, 2) },
    };
    expect(withChannelsOf(odd, { ...specification.image, channels: 3 })).toBe(odd);
  });
});
