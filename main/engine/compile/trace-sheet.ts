/** The generator in evaluation mode as part of a graph: latent vectors and classes in, images out. */
import * as tf from "@tensorflow/tfjs-core";
import type { Gan } from "../gan.ts";
import { evaluate, sheetVariables } from "../sheet.ts";
import type { Graph } from "./graph.ts";
import { observe } from "./observe.ts";
import type { Variables } from "./variables.ts";

export interface SheetNodes {
  latent: string;
  /** Null for a generator that knows of no classes. */
  labels: string | null;
  images: string;
}

/** @param count images at a time */
export function traceSheet(
  gan: Gan,
  graph: Graph,
  variables: Variables,
  count: number,
): SheetNodes {
  const scope = `sheet/${count.toString()}`;
  const { latent, conditioning } = gan.specification;
  return observe(graph, scope, ({ bind, nodeOf }) => {
    const bound = (tensor: tf.Tensor, node: string) => {
      bind(tensor, node);
      return tensor;
    };
    const latentShape = [count, latent.size];
    const nodes = {
      latent: graph.placeholder(`${scope}/latent`, "float32", latentShape),
      labels: conditioning ? graph.placeholder(`${scope}/labels`, "int32", [count]) : null,
    };
    const drawn = Object.fromEntries(
      Object.entries(sheetVariables(gan)).map(([name, stored]) => {
        const variable = variables.get(stored);
        if (!variable) throw new Error(`the graph has no variable «${stored}»`);
        return [name, bound(tf.zeros([...variable.shape]), variable.before)];
      }),
    );
    const labels = nodes.labels && bound(tf.zeros([count], "int32"), nodes.labels);
    const vectors = bound(tf.zeros(latentShape), nodes.latent);
    const images = nodeOf(evaluate(gan, drawn, vectors, labels as tf.Tensor1D | null));
    return { ...nodes, images };
  });
}
