/**
 * The variables' values along one traced call: which node holds each now, and what must have run
 * before it may change again. Operations that change a variable in place are safe beside readers of
 * its old value: TensorFlow copies a buffer that somebody still holds.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Tensors } from "../tensors.ts";
import { typeAttribute, type ElementType } from "./attributes.ts";
import type { AttrValue } from "./messages.ts";
import type { Observation } from "./observe.ts";
import type { Variable, Variables } from "./variables.ts";

export interface Updates {
  /** The state as tensors that stand for the variables' values when the call begins. */
  state: Tensors;
  /**
   * Adds an operation that changes variables in place (a fused optimiser), after `after` have run.
   * `targets` name the variables with the values that they must hold before; the answer are
   * tensors that stand for the values after it.
   */
  apply(
    operation: string,
    targets: Tensors,
    inputs: readonly tf.Tensor[],
    attributes: Readonly<Record<string, AttrValue>>,
    after: readonly tf.Tensor[],
  ): Tensors;
  /** Stores a call's new state; returns the nodes after which all of it is stored. */
  store(next: Tensors): string[];
}

const float: ElementType = "float32";

export function trackUpdates(
  { graph, bind, nodeOf }: Observation,
  variables: Variables,
  scope: string,
): Updates {
  /** The node that gives what the variable holds now, and the last that changed it. */
  const held = new Map<string, string>();
  const changed = new Map<string, string>();

  const standIn = (variable: Variable, node: string): tf.Tensor => {
    const tensor = tf.zeros([...variable.shape]);
    bind(tensor, node);
    return tensor;
  };
  const variableOf = (name: string): Variable => {
    const variable = variables.get(name);
    if (!variable) throw new Error(`the graph has no variable «${name}»`);
    return variable;
  };
  /** All that must have run before the variable may change. */
  const settled = (name: string): string[] => {
    const last = changed.get(name);
    return [`^${held.get(name) as string}`, ...(last ? [`^${last}`] : [])];
  };
  const assign = (name: string, node: string) => {
    const { handle } = variableOf(name);
    const assigned = graph.add(
      "AssignVariableOp",
      graph.unused(`${scope}/assign/${name}`),
      [handle, node, ...settled(name)],
      { dtype: typeAttribute(float) },
    );
    held.set(name, node);
    changed.set(name, assigned);
  };
  const ensureHolds = (name: string, tensor: tf.Tensor) => {
    const node = nodeOf(tensor);
    if (held.get(name) !== node) assign(name, node);
  };

  const state = Object.fromEntries(
    [...variables.values()].map((variable) => {
      held.set(variable.name, variable.before);
      return [variable.name, standIn(variable, variable.before)];
    }),
  );

  return {
    state,
    apply(operation, targets, inputs, attributes, after) {
      const names = Object.keys(targets);
      for (const [name, tensor] of Object.entries(targets)) ensureHolds(name, tensor);
      const applied = graph.add(
        operation,
        graph.unused(`${scope}/${operation}/${names[0] ?? ""}`),
        [
          ...names.map((name) => variableOf(name).handle),
          ...inputs.map(nodeOf),
          ...names.flatMap(settled),
          ...after.map((tensor) => `^${nodeOf(tensor).replace(/:\d+$/, "")}`),
        ],
        { T: typeAttribute(float), ...attributes },
      );
      return Object.fromEntries(
        names.map((name) => {
          const variable = variableOf(name);
          const read = graph.add(
            "ReadVariableOp",
            graph.unused(`${scope}/after/${name}`),
            [variable.handle, `^${applied}`],
            { dtype: typeAttribute(float) },
          );
          held.set(name, read);
          changed.set(name, applied);
          return [name, standIn(variable, read)];
        }),
      );
    },
    store(next) {
      for (const [name, tensor] of Object.entries(next)) ensureHolds(name, tensor);
      return [...changed.values()];
    },
  };
}
