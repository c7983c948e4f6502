/** What a network's inputs and output are called and mean, in words that go into the exported files. */
import type { NetworkName } from "../engine/networks/network.ts";
import { wantsProbabilities } from "../spec/losses.ts";
import { shapeOfImage, type Shape } from "../spec/shape.ts";
import type { Specification } from "../spec/specification.ts";
import type { NamedOperation } from "./operations.ts";

/** An input or the output: float32 [n, …shape]. */
export interface Port {
  name: "z" | "image" | "score";
  shape: Shape;
  /** Bounds of its values; null where there are none. */
  range: readonly [number, number] | null;
  /** A sentence without its full stop. */
  meaning: string;
}

const imageMeaning = ({ image }: Specification): string =>
  `${image.channels === 1 ? "grey" : "RGB"} images of ${image.height.toString()}×${image.width.toString()} pixels, ` +
  "from −1 (black) to 1 (full brightness)";

export function inputOf(specification: Specification, player: NetworkName): Port {
  const { latent } = specification;
  if (player === "discriminator") {
    return {
      ...{ name: "image", shape: shapeOfImage(specification.image), range: [-1, 1] },
      meaning: imageMeaning(specification),
    };
  }
  const prior =
    latent.distribution === "normal"
      ? "the standard normal distribution"
      : "the uniform distribution from −1 to 1";
  return {
    ...{ name: "z", shape: [latent.size] },
    range: latent.distribution === "normal" ? null : [-1, 1],
    meaning: `noise of ${latent.size.toString()} numbers an image, drawn from ${prior}`,
  };
}

export function outputOf(
  specification: Specification,
  player: NetworkName,
  last: NamedOperation | undefined,
): Port {
  if (player === "generator") {
    return {
      ...{ name: "image", shape: shapeOfImage(specification.image), range: [-1, 1] },
      meaning: imageMeaning(specification),
    };
  }
  return {
    ...{ name: "score", shape: [1] },
    range: last?.kind === "sigmoid" ? [0, 1] : last?.kind === "tanh" ? [-1, 1] : null,
    meaning: scoreMeaning(specification),
  };
}

function scoreMeaning({ loss }: Specification): string {
  if (wantsProbabilities(loss)) return "the probability that an image is real";
  switch (loss.kind) {
    case "leastSquares":
      return "how real an image looks: near the real label for real ones, the fake label for others";
    case "wasserstein":
    case "hinge":
      return "how real an image looks, without bounds; only differences have a meaning";
    case "binaryCrossEntropy":
    case "minimax":
    case "nonSaturating":
      return "the logit of the probability that an image is real; its sigmoid is the probability";
  }
}

export const labelsMeaning = (player: NetworkName, classes: number): string =>
  `${player === "generator" ? "the class to draw" : "the class of the image"}, a whole number from 0 to ${(classes - 1).toString()}`;
