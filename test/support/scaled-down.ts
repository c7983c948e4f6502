/**
 * A preset's specification with an eighth of its units and filters and a small batch: the same kinds
 * of layers, losses and optimisers, quick enough for hundreds of steps in a test.
 */
import { sizeOf, shapeOfImage } from "../../main/spec/shape.ts";
import { parseSpecification, type Specification } from "../../main/spec/specification.ts";
import type { Layer } from "../../main/spec/layers.ts";

export function scaledDown(specification: Specification, batchSize = 8): Specification {
  const pixels = sizeOf(shapeOfImage(specification.image));
  // Sizes of images and of latent vectors stay; those of layers are powers of two, or made of such.
  const eighth = (size: number) => (size % 8 === 0 && size !== pixels ? size / 8 : size);
  const smaller = (layer: Layer): Layer => {
    if ("units" in layer) return { ...layer, units: eighth(layer.units) };
    if ("filters" in layer) return { ...layer, filters: eighth(layer.filters) };
    if (layer.kind !== "reshape") return layer;
    const [channels = 1, ...rest] = layer.shape.toReversed();
    return { ...layer, shape: [...rest.toReversed(), eighth(channels)] };
  };
  return parseSpecification({
    ...specification,
    generator: { layers: specification.generator.layers.map(smaller) },
    discriminator: { layers: specification.discriminator.layers.map(smaller) },
    loop: { ...specification.loop, batchSize },
  });
}
