import { expect, test } from "vitest";
import { kindOf, type Layer } from "../../../../main/spec/layers.ts";
import { inferNetwork } from "../../../../main/spec/network.ts";
import { stackFromPytorch, type StackPlace } from "../../../../main/spec/pytorch/stack.ts";

const grey = { height: 28, width: 28, channels: 1 } as const;
const colour = { height: 64, width: 64, channels: 3 } as const;
const generator = (image: StackPlace["image"] = grey): StackPlace => ({
  ...{ network: "generator", input: null, image },
});
const discriminator = (image: StackPlace["image"] = grey): StackPlace => ({
  network: "discriminator",
  input: [image.height, image.width, image.channels],
  image,
});

const kinds = (layers: readonly Layer[]) => layers.map(({ kind }) => kind);
const words = (layers: readonly Layer[]) =>
  layers.map((layer) => `${layer.kind} ${kindOf(layer).describe?.(layer) ?? ""}`.trim());

test("the generator of a multilayer GAN becomes its stack", () => {
  const { layers, inputs, notes } = stackFromPytorch(
    `import torch.nn as nn
     self.model = nn.Sequential(
         nn.Linear(100, 128),          # noise in
         nn.LeakyReLU(0.2, inplace=True),
         nn.Linear(128, 256),
         nn.BatchNorm1d(256, 0.8),
         nn.LeakyReLU(0.2),
         nn.Dropout(p=0.3),
         nn.Linear(256, 28 * 28),
         nn.Tanh(),
     )`,
    generator(),
  );
  expect(inputs).toBe(100);
  expect(words(layers)).toEqual([
    ...["dense 128 units", "leakyRelu slope 0.2", "dense 256 units", "batchNorm momentum 0.9"],
    ...["leakyRelu slope 0.2", "dropout rate 0.3", "dense 784 units", "tanh", "reshape 28×28×1"],
  ]);
  expect(layers[3]).toEqual({ kind: "batchNorm", momentum: 0.9, epsilon: 0.8 });
  expect(notes).toEqual(["The end is unfolded to 28×28×1, by a layer that was added."]);
});

const dcgan = `
nz = 100
ngf = 64
nc = 3
nn.Sequential(
    # input is Z, going into a convolution
    nn.ConvTranspose2d( nz, ngf * 8, 4, 1, 0, bias=False),
    nn.BatchNorm2d(ngf * 8),
    nn.ReLU(True),
    nn.ConvTranspose2d(ngf * 8, ngf * 4, 4, 2, 1, bias=False),
    nn.BatchNorm2d(ngf * 4),
    nn.ReLU(True),
    nn.ConvTranspose2d( ngf * 4, ngf * 2, 4, 2, 1, bias=False),
    nn.BatchNorm2d(ngf * 2),
    nn.ReLU(True),
    nn.ConvTranspose2d( ngf * 2, ngf, 4, 2, 1, bias=False),
    nn.BatchNorm2d(ngf),
    nn.ReLU(True),
    nn.ConvTranspose2d( ngf, nc, 4, 2, 1, bias=False),
    nn.Tanh()
)`;

test("numbers that are named above it are known to the stack of a tutorial", () => {
  const { layers, inputs, notes } = stackFromPytorch(dcgan, generator(colour));
  expect(inputs).toBe(100);
  expect(inferNetwork("generator", { layers }, [100]).output).toEqual([64, 64, 3]);
  expect(layers[0]).toEqual({ kind: "reshape", shape: [1, 1, 100] });
  expect(notes).toEqual([
    "Line 7: nn.ConvTranspose2d gets the noise as an image of 1×1, by a layer that was added.",
    "Line 19: nn.ConvTranspose2d has no bias in PyTorch; here it has one.",
  ]);
});

test("a discriminator with spectral normalisation ends in one number", () => {
  const { layers, notes } = stackFromPytorch(
    `torch.nn.Sequential(
       spectral_norm(nn.Conv2d(3, 64, 4, 2, 1)),
       nn.LeakyReLU(0.1),
       nn.utils.spectral_norm(nn.Conv2d(64, 128, kernel_size=(4, 4), stride=(2, 2), padding=1)),
       nn.AvgPool2d(2), nn.MaxPool2d(kernel_size=2, stride=2),
       nn.Conv2d(128, 1, 4),
       nn.Sigmoid()
     )`,
    discriminator(colour),
  );
  expect(kinds(layers)).toEqual([
    ...["conv2d", "leakyRelu", "conv2d", "averagePool", "maxPool", "conv2d", "flatten", "sigmoid"],
  ]);
  expect(layers.map((layer) => "spectralNorm" in layer && layer.spectralNorm)).toEqual([
    ...[true, false, true, false, false, false, false, false],
  ]);
  expect(notes).toEqual(["The end is flattened to one number, by a layer that was added."]);
});

test("layers between commas, stacks in stacks and unfolded vectors are read", () => {
  const { layers } = stackFromPytorch(
    `nn.Linear(62, 6272, bias=True), nn.Sequential(nn.Unflatten(1, (128, 7, 7)), nn.ELU()),
     nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(128, 64, 3, padding="same"),
     nn.LayerNorm([64, 14, 14]), nn.ConvTranspose2d(64, 1, 3, 2, 1, 1), nn.Identity(), nn.Tanh()`
      .split("\n")
      .map((line) => line.trim())
      .join(" "),
    generator(),
  );
  expect(words(layers)).toEqual([
    ...["dense 6272 units", "reshape 7×7×128", "elu slope 1", "upsample size 2"],
    ...["conv2d 64 filters, kernel 3, stride 1, same", "layerNorm"],
    ...["conv2dTranspose 1 filter, kernel 3, stride 2, same", "linear", "tanh"],
  ]);
});

const padded: [call: string, padding: string, isShifted: boolean][] = [
  ["nn.Conv2d(1, 8, 5)", "valid", false],
  ["nn.Conv2d(1, 8, 4, 2, 1)", "same", false],
  ["nn.Conv2d(1, 8, 5, 1, 2)", "same", false],
  ["nn.Conv2d(1, 8, 3, 2, 1)", "same", true],
  ["nn.Conv2d(1, 8, 5, 2, padding=2)", "same", true],
];
for (const [call, padding, isShifted] of padded) {
  test(`${call} pads as «${padding}»${isShifted ? ", and says what differs" : ""}`, () => {
    const { layers, notes } = stackFromPytorch(`nn.Sequential(${call})`, discriminator());
    expect(layers[0]).toMatchObject({ kind: "conv2d", padding });
    expect(notes.length).toBe(isShifted ? 1 : 0);
  });
}

const refused: [what: string, text: string, message: RegExp][] = [
  ["an empty text", "  # nothing\n", /no layer in the text/],
  [
    "a layer that is not known",
    "nn.Sequential(\nnn.Linear(4, 4),\nnn.Softmax())",
    /^Line 3: nn\.Softmax cannot be expressed here; .*Linear, Conv2d/,
  ],
  ["code", "nn.Sequential(__import__('os').system('true'))", /^Line 1/],
  ["a call of something else", "os.system('true')", /^Line 1: «os\.system» is no layer/],
  ["a class", "class G(nn.Module):\n  pass", /^Line 1: «class» is code/],
  ["a lambda", "nn.Sequential(nn.Linear(4, 4), lambda x: x)", /^Line 1: «lambda» is code/],
  ["a list that is unpacked", "nn.Sequential(\n*block(4, 5),\n)", /^Line 2: «\*» unpacks/],
  [
    "an unknown number",
    "nn.Sequential(\nnn.Linear(latent_dim, 5))",
    /^Line 2: the value of «latent_dim» is not known/,
  ],
  [
    "a missing bracket",
    "nn.Sequential(\nnn.Linear(4, 5)",
    /^Line 2: the text ends where «\)» is missing/,
  ],
  [
    "a missing comma",
    "nn.Sequential(\nnn.Linear(4, 5)\nnn.ReLU())",
    /^Line 3: «\)» is missing before «nn»/,
  ],
  [
    "a missing argument",
    "nn.Sequential(nn.Linear(4))",
    /^Line 1: nn\.Linear needs a value for «out_features»/,
  ],
  [
    "an argument too many",
    "nn.Sequential(nn.Linear(4, 4), nn.Tanh(3))",
    /^Line 1: nn\.Tanh takes at most 0 values/,
  ],
  [
    "an unknown argument",
    "nn.Sequential(nn.Linear(4, 5, size=3))",
    /^Line 1: nn\.Linear has no «size»/,
  ],
  [
    "a fraction of units",
    "nn.Sequential(nn.Linear(4, 5.5))",
    /wants «out_features» as a whole number/,
  ],
  [
    "too many units",
    "nn.Sequential(nn.Linear(4, 10**12))",
    /^Line 1: nn\.Linear is out of range here \(units/,
  ],
  [
    "sizes that do not follow",
    "nn.Sequential(nn.Linear(4, 5),\nnn.Linear(6, 7))",
    /^Line 2: nn\.Linear is written for 6 values, but gets 5 here/,
  ],
  ["groups", "nn.Sequential(nn.ConvTranspose2d(4, 4, 4, groups=2))", /groups=2/],
  ["a padding between both", "nn.Sequential(nn.ConvTranspose2d(4, 4, 4, 2, 3))", /padding=1/],
  [
    "smooth upsampling",
    'nn.Sequential(nn.Linear(4, 4), nn.Upsample(scale_factor=2, mode="bilinear"))',
    /«bilinear»/,
  ],
  [
    "two stacks",
    "nn.Sequential(nn.Linear(4, 4))\nnn.Sequential(nn.Linear(4, 4))",
    /^Line 2: a second stack/,
  ],
  [
    "spectral norm of nothing",
    "nn.Sequential(nn.Linear(4, 4), spectral_norm(nn.ReLU()))",
    /spectral_norm is for layers with weights/,
  ],
  ["brackets without end", `${"(".repeat(5000)}1`, /^Line 1: brackets lie too deep/],
  ["a sign of another language", "nn.Sequential(nn.Linear(4, 4)); x", /^Line 1: «;» has no place/],
  [
    "names of the language itself",
    "nn.Sequential(nn.constructor(4))",
    /^Line 1: nn\.constructor cannot be expressed/,
  ],
  ["very much text", "#".repeat(200_000), /200,000 characters/],
];
for (const [what, text, message] of refused) {
  test(`${what} is refused with its line`, () => {
    expect(() => stackFromPytorch(text, generator())).toThrow(message);
    expect(() => stackFromPytorch(text, generator())).toThrow(
      expect.objectContaining({ code: "spec.invalid" }) as Error,
    );
  });
}
