/** A network as readable PyTorch source: one `nn.Module`, which needs no file of ours. */
import { turned } from "../axes.ts";
import type { ExportModel, Port } from "../model.ts";
import type { Operation } from "../operation.ts";
import { expressionOf, isActivation, moduleOf } from "./modules.ts";

export const classNameOf = ({ player }: ExportModel): string =>
  player === "generator" ? "Generator" : "Discriminator";

const shapeOf = ({ shape }: Port): string => `[n, ${turned(shape).join(", ")}]`;

export function sourceOf(model: ExportModel): string {
  const { operations, labels } = model;
  const body = forwardOf(model);
  const usesTorch = operations.some(({ kind }) => kind === "minibatchDiscrimination");
  const imports = [
    ...(usesTorch || body.some((line) => line.includes("torch.")) ? ["import torch"] : []),
    "from torch import Tensor, nn",
    ...(body.some((line) => line.includes("F.")) ? ["from torch.nn import functional as F"] : []),
  ];
  const { input } = model;
  return [
    `"""The ${model.player} of a generative adversarial network, exported by GAN Studio.`,
    "",
    ...described(input.name, `${shapeOf(input)}, ${input.meaning}`),
    ...(labels ? described(labels.name, `[n], ${labels.meaning}`) : []),
    ...described("returns", `${shapeOf(model.output)}, ${model.output.meaning}`),
    "",
    `The weights are in ${model.player}.safetensors. This is the network as it computes after`,
    "training: dropout is left out, spectral normalisation is in the weights. Call eval()",
    "before use, so that batch normalisation takes its moving statistics.",
    `"""`,
    "",
    ...imports,
    "",
    "",
    ...(usesTorch ? [...minibatchDiscrimination, "", ""] : []),
    `class ${classNameOf(model)}(nn.Module):`,
    "    def __init__(self) -> None:",
    "        super().__init__()",
    ...operations.flatMap((operation) => {
      const module = moduleOf(operation);
      return module === null ? [] : [`        self.${operation.name} = ${module}`];
    }),
    "",
    `    def forward(self, ${input.name}: Tensor${labels ? ", label: Tensor" : ""}) -> Tensor:`,
    ...body.map((line) => `        ${line}`),
    "",
  ].join("\n");
}

/** A name and what it is, in lines of up to 88 characters. */
function described(name: string, text: string): string[] {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > 88) {
      lines.push(line);
      line = "   ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

function forwardOf({ input, labels, operations }: ExportModel): string[] {
  const lines: string[] = [];
  let x: string = input.name;
  if (labels) {
    const classes = labels.classes.toString();
    lines.push(`one_hot = F.one_hot(label.long(), ${classes}).to(${input.name}.dtype)`);
  }
  for (const [place, operation] of operations.entries()) {
    const next = operations[place + 1];
    const expression = expressionOf(operation, x);
    // An activation is written around the call before it.
    if (next && isActivation(next) && isCall(operation)) {
      x = expression;
      continue;
    }
    const isLast = place === operations.length - 1;
    lines.push(...statement(isLast ? "return" : "x =", expression));
    x = "x";
  }
  return lines;
}

const isCall = (operation: Operation): boolean => moduleOf(operation) !== null;

/** Broken where a formatter would break it: 80 characters beside the 8 of its place. */
function statement(start: string, expression: string): string[] {
  const line = `${start} ${expression}`;
  const call = /^(torch\.cat)\(\[(\w+), (.*)\], (dim=1)\)$/.exec(expression);
  if (line.length <= 80 || !call) return [line];
  const [, name = "", first = "", second = "", dimension = ""] = call;
  return [`planes = ${second}`, `${start} ${name}([${first}, planes], ${dimension})`];
}

const minibatchDiscrimination = [
  "class MinibatchDiscrimination(nn.Module):",
  `    """How close each example lies to its batch (Salimans et al. 2016)."""`,
  "",
  "    def __init__(self, features: int, kernels: int, dimensions: int) -> None:",
  "        super().__init__()",
  "        self.kernels = kernels",
  "        self.weight = nn.Parameter(torch.randn(features, kernels * dimensions))",
  "",
  "    def forward(self, x: Tensor) -> Tensor:",
  "        rows = (x @ self.weight).unflatten(1, (self.kernels, -1))",
  "        distances = (rows[:, None] - rows[None]).abs().sum(dim=3)",
  "        return torch.cat([x, torch.exp(-distances).sum(dim=1)], dim=1)",
];
