/** A TensorFlow graph under construction: nodes by name, and its bytes as a SavedModel. */
import { shapeAttribute, tensorAttribute, typeAttribute, type ElementType } from "./attributes.ts";
import { messages, type AttrValue, type NodeDef } from "./messages.ts";

/** Which age of the format the graph is written in; old ones ask for behaviour since given up. */
const producer = 1087;

export interface Graph {
  /**
   * Adds a node and returns its name. An input is a node's name, «name:1» for its second output, or
   * «^name» for one that must merely have run before.
   */
  add(
    operation: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttrValue>>,
  ): string;
  constant(
    name: string,
    type: ElementType,
    shape: readonly number[],
    values: ArrayLike<number>,
  ): string;
  placeholder(name: string, type: ElementType, shape: readonly number[]): string;
  /** A name that no node has yet. */
  unused(name: string): string;
  /** Names of a node's inputs, without control inputs; none for a name that is not known. */
  inputsOf(name: string): readonly string[];
  /** The file `saved_model.pb` of a SavedModel with the tag «serve». */
  bytes(): Uint8Array;
}

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

export function createGraph(): Graph {
  const nodes: NodeDef[] = [];
  const inputsByName = new Map<string, readonly string[]>();
  const uses = new Map<string, number>();

  const graph: Graph = {
    add(operation, name, inputs, attributes) {
      if (inputsByName.has(name)) throw new Error(`the graph has two nodes «${name}»`);
      const node = new messages.NodeDef();
      node.setName(name);
      node.setOp(operation);
      node.setInputList([...inputs]);
      for (const [key, value] of Object.entries(attributes)) node.getAttrMap().set(key, value);
      nodes.push(node);
      inputsByName.set(
        name,
        inputs.filter((input) => !input.startsWith("^")),
      );
      return name;
    },
    constant(name, type, shape, values) {
      const stored = arrays[type].from(values);
      return graph.add("Const", name, [], {
        dtype: typeAttribute(type),
        value: tensorAttribute(type, shape, new Uint8Array(stored.buffer)),
      });
    },
    placeholder: (name, type, shape) =>
      graph.add("Placeholder", name, [], {
        dtype: typeAttribute(type),
        shape: shapeAttribute(shape),
      }),
    unused(name) {
      const count = uses.get(name) ?? 0;
      uses.set(name, count + 1);
      return count === 0 ? name : `${name}_${count.toString()}`;
    },
    inputsOf: (name) => inputsByName.get(name) ?? [],
    bytes: () => savedModel(nodes),
  };
  return graph;
}

function savedModel(nodes: NodeDef[]): Uint8Array {
  const version = new messages.VersionDef();
  version.setProducer(producer);
  const definition = new messages.GraphDef();
  definition.setNodeList(nodes);
  definition.setVersions(version);
  const info = new messages.MetaGraphDef.MetaInfoDef();
  info.addTags("serve");
  const meta = new messages.MetaGraphDef();
  meta.setMetaInfoDef(info);
  meta.setGraphDef(definition);
  const model = new messages.SavedModel();
  model.setSavedModelSchemaVersion(1);
  model.addMetaGraphs(meta);
  return model.serializeBinary();
}
