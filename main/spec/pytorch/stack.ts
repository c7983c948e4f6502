/**
 * From a pasted PyTorch `nn.Sequential(…)` to a stack of layers. The text is read as literal calls and
 * never run; weights do not come along, only the architecture. What PyTorch programs do outside of a
 * Sequential (views, reshapes) is added where the shapes leave one possibility, and said.
 */
import * as v from "valibot";
import { kindOf, layerSchema, type Layer } from "../layers.ts";
import { ShapeMismatch } from "../layers/kind.ts";
import { flatten, reshape } from "../layers/shorthand.ts";
import { Problem } from "../problem.ts";
import {
  formatShape,
  sameShape,
  shapeOfImage,
  sizeOf,
  type ImageShape,
  type Shape,
} from "../shape.ts";
import { shortName } from "./arguments.ts";
import { knownLayers, layerKind, takenBy, turnLayer } from "./layers.ts";
import { wrongAt } from "./tokens.ts";
import { isCall, readStatements, textOf, type Call, type Value } from "./values.ts";

/** The network that the stack is for: what it gets, and which images it makes or sees. */
export interface StackPlace {
  network: "generator" | "discriminator";
  /** One example's shape; null for a generator, whose first layer says how long its noise is. */
  input: Shape | null;
  image: ImageShape;
}

export interface PastedStack {
  layers: Layer[];
  /** Values that the first layer takes: for a generator, noise and class together. */
  inputs: number;
  /** What was added or is a little different, as sentences. */
  notes: string[];
}

const places = ["", "nn", "torch.nn", "nn.utils", "torch.nn.utils"];
const allowed = new Set([
  ...places,
  ...["nn.utils.parametrizations", "torch.nn.utils.parametrizations"],
]);

const mostLayers = 256;

/** Throws `spec.invalid` with the line and the layer that cannot be taken over. */
export function stackFromPytorch(source: string, place: StackPlace): PastedStack {
  const written = layerCalls(source).map(unwrapped);
  if (written.length > mostLayers) {
    throw new Problem(
      "spec.invalid",
      `There are ${written.length} layers; at most ${mostLayers} fit.`,
    );
  }
  const stack: PastedStack = { layers: [], notes: [], inputs: 0 };
  let shape = startOf(written, place, stack);
  for (const [index, { call, spectralNorm }] of written.entries()) {
    const kind = kindAt(call);
    const name = `Line ${call.line}: ${shortName(call.name)}`;
    const say = (what: string) => stack.notes.push(`${name} ${what}.`);
    shape = fitted(call, shape, stack, say);
    const { layer, lacksBias = false, note } = turnLayer(call, kind, shape, spectralNorm);
    if (spectralNorm && !("spectralNorm" in layer)) {
      throw wrongAt(
        call.line,
        `spectral_norm is for layers with weights, not for ${shortName(call.name)}`,
      );
    }
    const follows = written[index + 1];
    const idle = follows !== undefined && ownName(follows.call).startsWith("BatchNorm");
    if (lacksBias && !idle) say("has no bias in PyTorch; here it has one");
    if (note) say(note);
    shape = added(stack, layer, shape, call);
  }
  finish(stack, shape, place);
  return stack;
}

const ownName = ({ name }: Call): string => name.split(".").at(-1) ?? name;

function kindAt(call: Call) {
  const kind = layerKind(ownName(call));
  if (kind) return kind;
  throw wrongAt(
    call.line,
    `${call.name} cannot be expressed here; the layers that can are ${knownLayers().join(", ")}`,
  );
}

/** The layers of the one stack in the text, in order; stacks inside it are opened. */
function layerCalls(source: string): Call[] {
  const found = readStatements(source);
  const [first, second] = found;
  if (!first) {
    throw new Problem("spec.invalid", "There is no layer in the text; paste an nn.Sequential(…).");
  }
  if (second) throw wrongAt(second.line, "a second stack begins; paste one at a time");
  const layers = opened(first.value, first.line);
  if (layers.length === 0) throw wrongAt(first.line, "the stack has no layers");
  return layers;
}

function opened(value: Value, line: number): Call[] {
  if (Array.isArray(value))
    return (value as readonly Value[]).flatMap((item) => opened(item, line));
  if (!isCall(value)) {
    throw wrongAt(line, `«${textOf(value)}» is no layer`);
  }
  const call = value;
  const own = ownName(call);
  if (!allowed.has(call.name.slice(0, -own.length - 1))) {
    throw wrongAt(call.line, `«${call.name}» is no layer of torch.nn`);
  }
  if (own !== "Sequential" && own !== "ModuleList") return [call];
  for (const name of call.named.keys()) throw wrongAt(call.line, `nn.${own} has no «${name}»`);
  return call.positional.flatMap((item) => opened(item, call.line));
}

/** `spectral_norm(nn.Conv2d(…))` is the layer inside with the option. */
function unwrapped(call: Call): { call: Call; spectralNorm: boolean } {
  if (ownName(call) !== "spectral_norm") return { call, spectralNorm: false };
  const [inner] = call.positional;
  if (call.positional.length !== 1 || inner === undefined || typeof inner !== "object") {
    throw wrongAt(call.line, "spectral_norm takes one layer and no options here");
  }
  const [only, ...others] = opened(inner, call.line);
  if (call.named.size > 0 || !only || others.length > 0) {
    throw wrongAt(call.line, "spectral_norm takes one layer and no options here");
  }
  return { call: only, spectralNorm: true };
}

/** What the first layer gets. */
function startOf(
  [first]: readonly { call: Call }[],
  { input }: StackPlace,
  stack: PastedStack,
): Shape {
  if (input !== null) {
    stack.inputs = sizeOf(input);
    return input;
  }
  const kind = first && kindAt(first.call);
  const taken = kind && takenBy(first.call, kind);
  if (taken === undefined || taken < 1) {
    throw wrongAt(
      first?.call.line ?? 1,
      "a generator begins with nn.Linear, nn.ConvTranspose2d or nn.Conv2d, which say how long its noise is",
    );
  }
  stack.inputs = taken;
  return [taken];
}

/** Flattens or unfolds before a layer that needs the other form. */
function fitted(call: Call, shape: Shape, stack: PastedStack, say: (what: string) => void): Shape {
  const own = ownName(call);
  if (own === "Linear" && shape.length === 3) {
    say("gets its images flattened, by a layer that was added");
    return added(stack, flatten, shape, call);
  }
  const [size = 0] = shape;
  if ((own === "ConvTranspose2d" || own === "Conv2d") && shape.length === 1) {
    if (stack.layers.length > 0) {
      throw wrongAt(
        call.line,
        `nn.${own} gets ${size} values here, not an image; put nn.Unflatten before it`,
      );
    }
    say(`gets the noise as an image of 1×1, by a layer that was added`);
    return added(stack, reshape(1, 1, size), shape, call);
  }
  return shape;
}

function added(stack: PastedStack, layer: Layer, input: Shape, call: Call): Shape {
  const parsed = v.safeParse(layerSchema, layer);
  const name = shortName(call.name);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue) ?? "a value";
    throw wrongAt(call.line, `${name} is out of range here (${field}: ${issue.message})`);
  }
  try {
    const output = kindOf(layer).output(layer, input);
    stack.layers.push(layer);
    return output;
  } catch (thrown) {
    if (!(thrown instanceof ShapeMismatch)) throw thrown;
    throw wrongAt(call.line, `${name} ${thrown.message}`);
  }
}

/** A generator must end in an image, a discriminator in one number. */
function finish(stack: PastedStack, shape: Shape, { network, image }: StackPlace): void {
  const wanted = network === "generator" ? shapeOfImage(image) : [1];
  if (sameShape(shape, wanted) || sizeOf(shape) !== sizeOf(wanted)) return;
  if (network === "generator" && shape.length === 1) {
    stack.layers.push(reshape(...wanted));
    stack.notes.push(`The end is unfolded to ${formatShape(wanted)}, by a layer that was added.`);
  }
  if (network === "discriminator") {
    // Before a sigmoid, which must stay the last one.
    const end =
      stack.layers.at(-1)?.kind === "sigmoid" ? stack.layers.length - 1 : stack.layers.length;
    stack.layers.splice(end, 0, flatten);
    stack.notes.push("The end is flattened to one number, by a layer that was added.");
  }
}
