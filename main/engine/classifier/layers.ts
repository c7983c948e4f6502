/**
 * The layers of the two feature networks. A classifier for labelled images: convolutions with stride 2
 * down to some 7×7 (after LeCun et al. 1998, with rectifiers and dropout), then the features, then the
 * classes. And the same without the classes, left at its start values, for images without labels: a
 * random network's features tell sets apart as well (Naeem et al. 2020, section 4.1).
 */
import { inferNetwork, type InferredNetwork } from "../../spec/network.ts";
import type { Layer } from "../../spec/layers.ts";
import { conv2d, dense, dropout, flatten, relu } from "../../spec/layers/shorthand.ts";
import { shapeOfImage, type ImageShape } from "../../spec/shape.ts";

/** Numbers of one image's features. */
export const featureSize = 128;

/** After convolutions and before the classes: where the features are read. */
interface FeatureNetwork {
  network: InferredNetwork;
  /** How many of the layers lead to the features. */
  depth: number;
}

/** `classes`: 0 for features alone. */
export function featureNetwork(image: ImageShape, classes: number): FeatureNetwork {
  const convolutions: Layer[] = [];
  let filters = 32;
  for (let side = Math.max(image.height, image.width); side > 8; side = Math.ceil(side / 2)) {
    convolutions.push(conv2d(filters, { kernel: 5, stride: 2, padding: "same", initializer: he }));
    convolutions.push(relu);
    filters = Math.min(128, filters * 2);
  }
  const features: Layer[] = [...convolutions, flatten, dense(featureSize, he), relu];
  const layers = classes === 0 ? features : [...features, dropout(0.4), dense(classes, he)];
  return {
    network: inferNetwork("classifier", { layers }, shapeOfImage(image)),
    depth: features.length,
  };
}

const he = { kind: "heNormal" } as const;
