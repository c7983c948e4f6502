/** TensorFlow's own errors as sentences: which layer, and what to do when memory has run out. */
import { Problem } from "../../spec/problem.ts";
import type { Gan } from "../gan.ts";
import type { Graph } from "./graph.ts";
import { Untraceable } from "./untraceable.ts";

/**
 * Calls `f`, which calls TensorFlow. Throws `engine.memory` when memory has run out; else what
 * `failed` makes of the sentence, by default `engine.failed`.
 */
export function explained<Result>(
  gan: Gan,
  graph: Graph,
  f: () => Result,
  failed: (sentence: string, cause: unknown) => Error = stepFailed,
): Result {
  try {
    return f();
  } catch (thrown) {
    if (thrown instanceof Untraceable) throw thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const node = /\{\{node ([^}]+)\}\}/.exec(message)?.[1];
    const place = node ? layerOf(gan, graph, node) : null;
    const where = place ? ` in ${place}` : "";
    if (/\bOOM\b|RESOURCE_EXHAUSTED|out of memory/i.test(message)) {
      throw new Problem(
        "engine.memory",
        `TensorFlow ran out of memory${where}. Use a smaller batch or smaller networks; the last checkpoint is kept.`,
        { cause: thrown },
      );
    }
    throw failed(`TensorFlow refused a graph${where}: ${firstSentence(message)}`, thrown);
  }
}

const stepFailed = (sentence: string, cause: unknown): Error =>
  new Problem(
    "engine.failed",
    `${sentence}. The last checkpoint is kept; resuming with compiling switched off may help.`,
    { cause },
  );

const firstSentence = (message: string): string =>
  (message.split("\n").find((line) => line.trim() !== "") ?? "no reason given")
    .replace(/\{\{node [^}]+\}\}/g, "")
    .trim()
    .replace(/\.$/, "");

/**
 * The layer whose variables lie nearest before a node, as «layer 3 of the generator (dense)». Nodes
 * have no layer of their own: those of a gradient come from tfjs's autodiff.
 */
export function layerOf(gan: Gan, graph: Graph, node: string): string | null {
  const seen = new Set<string>([node]);
  for (const name of seen) {
    const found = /^variable\/(generator|discriminator)\.(\d+)\./.exec(name);
    if (found) {
      const network = found[1] as "generator" | "discriminator";
      const index = Number(found[2]);
      const kind = gan[network].network.layers[index]?.layer.kind ?? "unknown";
      return `layer ${(index + 1).toString()} of the ${network} (${kind})`;
    }
    for (const input of graph.inputsOf(name)) seen.add(input.replace(/:\d+$/, ""));
  }
  return null;
}
