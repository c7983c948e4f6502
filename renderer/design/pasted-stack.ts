/** A PyTorch stack that was pasted, in a specification that is being edited. */
import { discriminatorInput, type Conditioning } from "../../main/spec/conditioning.ts";
import { stackFromPytorch, type PastedStack } from "../../main/spec/pytorch/stack.ts";
import { Problem } from "../../main/spec/problem.ts";
import { shapeOfImage } from "../../main/spec/shape.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { NetworkName } from "./document.ts";

export type Reading =
  { stack: PastedStack; document: Specification; problem: null } | { stack: null; problem: string };

/** The document with the stack in place of the network's layers, or why it cannot be; null for no text. */
export function readPasted(
  document: Specification,
  network: NetworkName,
  text: string,
): Reading | null {
  if (text.trim() === "") return null;
  const { image, conditioning } = document;
  const input =
    network === "generator" ? null : discriminatorInput(shapeOfImage(image), conditioning);
  try {
    const stack = stackFromPytorch(text, { network, input, image });
    const changed = { ...document, [network]: { layers: stack.layers } };
    if (network === "discriminator") return { stack, document: changed, problem: null };
    const latent = { ...document.latent, size: latentOf(stack.inputs, conditioning) };
    return { stack, document: { ...changed, latent }, problem: null };
  } catch (thrown) {
    return { stack: null, problem: problemMessage(thrown) };
  }
}

/** A conditional generator's first layer takes noise and class together. */
function latentOf(inputs: number, conditioning: Conditioning | null): number {
  const size = inputs - (conditioning?.classes ?? 0);
  if (size >= 1) return size;
  throw new Problem(
    "spec.invalid",
    `The first layer takes ${inputs} values, no more than the run has classes; nothing is left for the noise. Switch classes off first.`,
  );
}
