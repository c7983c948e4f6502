/** Networks for images of the same size with other channels: grey digits in colour, colour pictures in grey. */
import type { Layer } from "./layers.ts";
import { Problem } from "./problem.ts";
import type { ImageShape } from "./shape.ts";
import { inferSpecification, type Specification } from "./specification.ts";

/**
 * The specification with a generator whose last layers give as many channels as `image`; the discriminator
 * takes what comes. The same one where that is so, or where it cannot be told from the layers what to
 * change: then its shapes do not fit the images, and it says so.
 */
export function withChannelsOf(specification: Specification, image: ImageShape): Specification {
  const { height, width, channels } = specification.image;
  if (image.channels === channels || image.height !== height || image.width !== width) {
    return specification;
  }
  const layers = giving(specification.generator.layers, specification.image, image.channels);
  const fitted = { ...specification, image, generator: { layers } };
  try {
    inferSpecification(fitted);
    return fitted;
  } catch (thrown) {
    if (thrown instanceof Problem) return specification;
    throw thrown;
  }
}

function giving(
  layers: readonly Layer[],
  { height, width, channels: before }: ImageShape,
  channels: number,
): Layer[] {
  const last = layers.findLastIndex((layer) => "filters" in layer || "units" in layer);
  const pixels = height * width;
  return layers.map((layer, place): Layer => {
    if (place < last) return layer;
    if ("filters" in layer && layer.filters === before) return { ...layer, filters: channels };
    if ("units" in layer && layer.units === pixels * before) {
      return { ...layer, units: pixels * channels };
    }
    if (layer.kind === "reshape")
      return { ...layer, shape: [...layer.shape.slice(0, -1), channels] };
    return layer;
  });
}
