import { expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { readPasted } from "../../../renderer/design/pasted-stack.ts";

const { specification } = presetOf("vanilla-mlp");
const conditional = presetOf("cdcgan").specification;

test("a pasted generator decides how long the noise is", () => {
  const text = "nn.Sequential(nn.Linear(62, 784), nn.Tanh())";
  const read = readPasted(specification, "generator", text);
  if (!read?.stack) throw new Error(read?.problem ?? "nothing");
  expect(read.document.latent.size).toBe(62);
  expect(read.document.generator.layers.map(({ kind }) => kind)).toEqual([
    "dense",
    "tanh",
    "reshape",
  ]);
  expect(read.document.discriminator).toBe(specification.discriminator);
});

test("a conditional generator's first layer takes noise and class together", () => {
  const read = readPasted(conditional, "generator", "nn.Linear(110, 784), nn.Tanh()");
  expect(read?.stack && read.document.latent.size).toBe(100);
  const small = readPasted(conditional, "generator", "nn.Linear(10, 784), nn.Tanh()");
  expect(small?.problem).toMatch(/nothing is left for the noise/);
});

test("a pasted discriminator must fit the images, and keeps the noise", () => {
  const read = readPasted(specification, "discriminator", "nn.Linear(784, 1), nn.Sigmoid()");
  expect(read?.stack && read.document.latent.size).toBe(specification.latent.size);
  expect(read?.stack?.layers.map(({ kind }) => kind)).toEqual(["flatten", "dense", "sigmoid"]);
  const wrong = readPasted(specification, "discriminator", "nn.Flatten(),\tnn.Linear(100, 1)");
  expect(wrong?.problem).toMatch(/^Line 1: nn.Linear is written for 100 values, but gets 784/);
});

test("no text is no error", () => {
  expect(readPasted(specification, "generator", " \n")).toBeNull();
});
