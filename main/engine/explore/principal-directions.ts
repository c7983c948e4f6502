/**
 * The latent directions that change the generator's first layer most: eigenvectors of W Wᵀ, W its
 * kernel [latent size, outputs] (SeFa: Shen and Zhou 2021, «Closed-form factorization of latent
 * semantics in GANs»). They need no data and no labels; what each one means, only looking tells.
 */
import type { Specification } from "../../spec/specification.ts";
import type { Gan } from "../gan.ts";
import { variableName } from "../networks/network.ts";
import { sheetVariables } from "../sheet.ts";
import type { HostTensor, HostTensors } from "../tensors.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

interface PrincipalDirection {
  /** Unit length, as long as a latent vector; its largest value is positive. */
  vector: Float32Array<ArrayBuffer>;
  /** Part of all that the first layer gains, 0 to 1: its eigenvalue over the sum of all. */
  share: number;
}

export type PrincipalDirections =
  | { directions: PrincipalDirection[]; reason: null }
  /** Why there are none, as a sentence. */
  | { directions: null; reason: string };

/** Jacobi's method takes about a second for a matrix of this size. */
const largest = 256;

const none = (reason: string): PrincipalDirections => ({ directions: null, reason });

/** The `count` strongest ones, of the weights that samples are drawn with. */
export function principalDirections(
  gan: Gan,
  state: HostTensors,
  count: number,
): PrincipalDirections {
  const { size } = gan.specification.latent;
  if (size > largest) {
    return none(`Directions are found for latent vectors of up to ${largest} numbers.`);
  }
  const index = firstWithKernel(gan.specification);
  if (index === null) {
    return none(
      "The generator's first layer does not multiply the whole latent vector by weights.",
    );
  }
  const name = sheetVariables(gan)[variableName("generator", index, "kernel")];
  const kernel = name === undefined ? undefined : state[name];
  if (!kernel) return none("The checkpoint holds no weights for the generator's first layer.");
  const products = gram(kernel, size);
  if (!products.every(Number.isFinite)) return none("The generator's weights are no numbers.");
  const { values, vectors } = symmetricEigen(products, size);
  const sum = values.reduce((total, value) => total + Math.max(0, value), 0);
  if (sum === 0) return none("All weights of the generator's first layer are zero.");
  const directions = vectors.slice(0, count).map((vector, place) => ({
    vector: Float32Array.from(signed(vector)),
    share: Math.max(0, values[place] as number) / sum,
  }));
  return { directions, reason: null };
}

/** Place of the first layer where it sees the latent vector as one: dense, or a convolution of 1×1. */
function firstWithKernel({ generator }: Specification): number | null {
  for (const [index, layer] of generator.layers.entries()) {
    if (layer.kind === "dense") return index;
    if (layer.kind === "conv2dTranspose") return index;
    const isOnePixel =
      layer.kind === "reshape" &&
      layer.shape.length === 3 &&
      layer.shape[0] === 1 &&
      layer.shape[1] === 1;
    if (layer.kind !== "flatten" && !isOnePixel) return null;
  }
  return null;
}

/** W Wᵀ [size, size] of a dense kernel [in, out] or a transposed one [height, width, out, in]. */
function gram({ shape, values }: HostTensor, size: number): Float64Array {
  const isDense = shape.length === 2;
  const inputs = (isDense ? shape[0] : shape[3]) ?? 0;
  const outputs = values.length / inputs;
  // Rows of joined labels, if any, follow those of the latent vector.
  const at = isDense
    ? (input: number, output: number) => values[input * outputs + output] as number
    : (input: number, output: number) => values[output * inputs + input] as number;
  const products = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < outputs; k++) sum += at(i, k) * at(j, k);
      products[i * size + j] = sum;
      products[j * size + i] = sum;
    }
  }
  return products;
}

/** An eigenvector's sign means nothing; fixed, a slider moves the same way each time. */
function signed(vector: Float64Array): Float64Array {
  const peak = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return peak < 0 ? vector.map((value) => -value) : vector;
}
