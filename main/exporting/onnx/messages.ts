/**
 * The part of the ONNX file format that a model needs, as protocol buffer messages. Names and numbers
 * of fields are those of the public schema: https://github.com/onnx/onnx, «onnx.proto».
 */
import protobuf from "protobufjs";

const schema = `
syntax = "proto2";
package onnx;
message AttributeProto {
  optional string name = 1;
  optional float f = 2;
  optional int64 i = 3;
  optional bytes s = 4;
  repeated float floats = 7;
  repeated int64 ints = 8;
  optional int32 type = 20;
}
message ValueInfoProto {
  optional string name = 1;
  optional TypeProto type = 2;
  optional string doc_string = 3;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  optional string name = 3;
  optional string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message ModelProto {
  optional int64 ir_version = 1;
  repeated OperatorSetIdProto opset_import = 8;
  optional string producer_name = 2;
  optional string producer_version = 3;
  optional string doc_string = 6;
  optional GraphProto graph = 7;
  repeated StringStringEntryProto metadata_props = 14;
}
message StringStringEntryProto {
  optional string key = 1;
  optional string value = 2;
}
message GraphProto {
  repeated NodeProto node = 1;
  optional string name = 2;
  repeated TensorProto initializer = 5;
  optional string doc_string = 10;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}
message TensorProto {
  repeated int64 dims = 1;
  optional int32 data_type = 2;
  optional string name = 8;
  optional bytes raw_data = 9;
}
message TensorShapeProto {
  message Dimension {
    optional int64 dim_value = 1;
    optional string dim_param = 2;
  }
  repeated Dimension dim = 1;
}
message TypeProto {
  message Tensor {
    optional int32 elem_type = 1;
    optional TensorShapeProto shape = 2;
  }
  optional Tensor tensor_type = 1;
}
message OperatorSetIdProto {
  optional string domain = 1;
  optional int64 version = 2;
}
`;

/** Element types of tensors, by their numbers in the format. */
export const elementTypes = { float32: 1, int64: 7, float16: 10 } as const;

/** Kinds of attributes, by their numbers in the format. */
export const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** A message as protobufjs takes and gives it: fields by their names in the schema. */
export interface ModelMessage {
  ir_version: number;
  opset_import: { domain: string; version: number }[];
  producer_name: string;
  doc_string: string;
  graph: GraphMessage;
  metadata_props: { key: string; value: string }[];
}

interface GraphMessage {
  node: NodeMessage[];
  name: string;
  initializer: TensorMessage[];
  doc_string: string;
  input: ValueMessage[];
  output: ValueMessage[];
}

export interface NodeMessage {
  input: string[];
  output: string[];
  name: string;
  op_type: string;
  attribute: AttributeMessage[];
}

export interface AttributeMessage {
  name: string;
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  ints?: number[];
}

export interface TensorMessage {
  dims: number[];
  data_type: number;
  name: string;
  raw_data: Uint8Array;
}

export interface ValueMessage {
  name: string;
  doc_string: string;
  type: {
    tensor_type: {
      elem_type: number;
      shape: { dim: { dim_value?: number; dim_param?: string }[] };
    };
  };
}

const modelType = protobuf.parse(schema, { keepCase: true }).root.lookupType("onnx.ModelProto");

export const encodeModel = (model: ModelMessage): Uint8Array<ArrayBuffer> =>
  new Uint8Array(modelType.encode(modelType.fromObject(model)).finish());

/** Throws what protobufjs throws where the bytes are no such message. */
export const decodeModel = (bytes: Uint8Array): ModelMessage =>
  modelType.toObject(modelType.decode(bytes), {
    longs: Number,
    defaults: true,
    arrays: true,
  }) as ModelMessage;
