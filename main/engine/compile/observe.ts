/**
 * Writes down what tfjs's TensorFlow backend executes as nodes of a graph. tfjs runs as ever, its
 * autodiff too; the native binding that it calls is overlaid while the observation lasts.
 */
import * as tf from "@tensorflow/tfjs-core";
import { attributeOf, elementType, type ElementType } from "./attributes.ts";
import type { Graph } from "./graph.ts";
import { productOf } from "./matrix-products.ts";
import { nativeBackend, type Binding, type NativeBackend } from "./native.ts";
import { Untraceable } from "./untraceable.ts";

export interface Observation {
  graph: Graph;
  /** Says that a tensor stands for what a node gives. */
  bind: (tensor: tf.Tensor, node: string) => void;
  /** The node that a tensor came from. Throws `Untraceable` for one that came from elsewhere. */
  nodeOf: (tensor: tf.Tensor) => string;
}

const typeNames = new Map<number, ElementType>(
  Object.entries(elementType).map(([name, number]) => [number, name as ElementType]),
);

/**
 * Runs `f`, which returns no tensor since all of its tensors are disposed of, and adds to `graph`, below the name `scope`, all that it executes.
 * Throws `Untraceable` for what a graph cannot repeat, naming the operation.
 */
export function observe<Result>(
  graph: Graph,
  scope: string,
  f: (observation: Observation) => Result,
): Result {
  const backend = nativeBackend();
  const { binding } = backend;
  const nodes = new Map<number, string>();
  const nodeName = (name: string) => graph.unused(`${scope}/${name}`);

  const executeOp: Binding["executeOp"] = (operation, attributes, inputs, outputs) => {
    const results = binding.executeOp(operation, attributes, inputs, outputs);
    const product = productOf(operation, results[0]?.shape);
    const node = graph.add(
      product.operation,
      nodeName(product.operation),
      inputs.map((id) => nodes.get(id) ?? unknownInput(operation)),
      Object.fromEntries(
        attributes.map((attribute) => [
          product.attributeName(attribute.name),
          attributeOf(binding, attribute, operation),
        ]),
      ),
    );
    for (const [index, { id }] of results.entries()) {
      nodes.set(id, index === 0 ? node : `${node}:${index.toString()}`);
    }
    return results;
  };

  const createTensor: Binding["createTensor"] = (shape, type, values) => {
    const id = binding.createTensor(shape, type, values);
    const name = typeNames.get(type);
    if (!name) throw new Untraceable(`a constant has element type ${type.toString()}`);
    nodes.set(id, graph.constant(nodeName("constant"), name, shape, values));
    return id;
  };

  const observed = overlay(binding, {
    executeOp,
    createTensor,
    tensorDataSync: () => {
      throw new Untraceable("the step reads a value back while it runs, which would be frozen");
    },
  });

  const idOf = (tensor: tf.Tensor): number => backend.getInputTensorIds([tensor])[0] as number;
  const observation: Observation = {
    graph,
    // Uploading is no part of the step: a value that is bound must not become a constant as well.
    bind: (tensor, node) => {
      nodes.set(
        whileBound(backend, binding, () => idOf(tensor)),
        node,
      );
    },
    nodeOf: (tensor) => nodes.get(idOf(tensor)) ?? unknownInput("the step's result"),
  };
  return whileBound(backend, observed, () => {
    let result: Result | undefined;
    tf.tidy(() => {
      result = f(observation);
    });
    return result as Result;
  });
}

function unknownInput(operation: string): never {
  throw new Untraceable(`${operation} uses a tensor that was made outside the step`);
}

function whileBound<Result>(backend: NativeBackend, binding: Binding, f: () => Result): Result {
  const before = backend.binding;
  backend.binding = binding;
  try {
    return f();
  } finally {
    backend.binding = before;
  }
}

/**
 * The binding's functions insist on their own object, so each is called on it; its properties are
 * read-only, so the overlay stands before an empty object instead.
 */
const overlay = (binding: Binding, own: Partial<Binding>): Binding =>
  new Proxy({} as Binding, {
    get(_, key) {
      if (key in own) return own[key as keyof Binding];
      const value: unknown = Reflect.get(binding, key);
      return typeof value === "function" ? (value as () => unknown).bind(binding) : value;
    },
  });
