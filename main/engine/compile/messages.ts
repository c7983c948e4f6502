/**
 * TensorFlow's own messages (GraphDef, AttrValue, SavedModel), as the binding's package brings them,
 * with types for the part that is written here. Bytes fields take base64.
 */
import { createRequire } from "node:module";

/** A value of an operation's attribute; the setters' names are the protocol's. */
export interface AttrValue {
  setType(type: number): void;
  setB(value: boolean): void;
  setF(value: number): void;
  setI(value: number): void;
  setS(base64: string): void;
  setShape(shape: object): void;
  setTensor(tensor: object): void;
  setList(list: object): void;
}

export interface NodeDef {
  setName(name: string): void;
  setOp(operation: string): void;
  setInputList(inputs: string[]): void;
  getAttrMap(): { set(name: string, value: AttrValue): void };
}

interface Dimension {
  setSize(size: number): void;
}

interface TensorShape {
  addDim(dimension: Dimension): void;
}

interface TensorMessage {
  setDtype(type: number): void;
  setTensorShape(shape: TensorShape): void;
  setTensorContent(base64: string): void;
}

interface IntList {
  setIList(values: number[]): void;
}

interface Serializable {
  serializeBinary(): Uint8Array;
}

export interface Messages {
  AttrValue: (new () => AttrValue) & { ListValue: new () => IntList };
  NodeDef: new () => NodeDef;
  Tensor: new () => TensorMessage;
  TensorShape: (new () => TensorShape) & { Dim: new () => Dimension };
  VersionDef: new () => { setProducer(version: number): void };
  GraphDef: new () => { setNodeList(nodes: NodeDef[]): void; setVersions(version: object): void };
  MetaGraphDef: (new () => {
    setMetaInfoDef(info: object): void;
    setGraphDef(graph: object): void;
  }) & {
    MetaInfoDef: new () => { addTags(tag: string): void };
  };
  SavedModel: new () => Serializable & {
    setSavedModelSchemaVersion(version: number): void;
    addMetaGraphs(graph: object): void;
  };
}

export const messages = createRequire(import.meta.url)(
  "@tensorflow/tfjs-node-gpu/dist/proto/api_pb.js",
) as Messages;
