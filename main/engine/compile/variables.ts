/**
 * The run's state as resource variables of a graph: a handle, its value at the start of a call, and
 * a way in from outside. Updates in a call are ordered by control inputs, since TensorFlow runs
 * whatever is ready.
 */
import type { Shape } from "../../spec/shape.ts";
import { shapeAttribute, textAttribute, typeAttribute } from "./attributes.ts";
import type { Graph } from "./graph.ts";

/** Node names of one variable. */
export interface Variable {
  name: string;
  shape: Shape;
  handle: string;
  /** What it holds when the call begins. */
  before: string;
  /** Fed to set it; see `initialized`. */
  initial: string;
}

export type Variables = ReadonlyMap<string, Variable>;

/** Fetched with every variable's `initial` fed, it sets them all. */
export const initialized = "initialized";

const float = { dtype: typeAttribute("float32") };

/** Adds a variable for each tensor of the state. */
export function addVariables(graph: Graph, shapes: Readonly<Record<string, Shape>>): Variables {
  const variables = new Map<string, Variable>();
  const assignments: string[] = [];
  for (const [name, shape] of Object.entries(shapes)) {
    const handle = graph.add("VarHandleOp", `variable/${name}`, [], {
      ...float,
      shape: shapeAttribute(shape),
      shared_name: textAttribute(name),
      container: textAttribute(""),
    });
    const before = graph.add("ReadVariableOp", `before/${name}`, [handle], float);
    const initial = graph.placeholder(`initial/${name}`, "float32", shape);
    // A fed tensor is JavaScript's own memory, given back on the thread that lets go of it last. A
    // variable would keep it, write into it, and let go of it on a thread of TensorFlow's: a crash.
    const copy = graph.add("DeepCopy", `copy/${name}`, [initial], { T: typeAttribute("float32") });
    assignments.push(graph.add("AssignVariableOp", `initialize/${name}`, [handle, copy], float));
    variables.set(name, { name, shape, handle, before, initial });
  }
  const done = graph.constant("initialized/done", "int32", [], [1]);
  graph.add("Identity", initialized, [done, ...assignments.map((name) => `^${name}`)], {
    T: typeAttribute("int32"),
  });
  return variables;
}
