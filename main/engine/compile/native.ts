/** The part of tfjs-node's backend and of its binding that the compiled step uses. */
import * as tf from "@tensorflow/tfjs-core";

export interface OperationAttribute {
  name: string;
  type: number;
  value: boolean | number | string | number[] | object;
}

interface NativeTensor {
  id: number;
  shape: number[];
  dtype: number;
}

type Values = Float32Array | Int32Array | Uint8Array;

export interface Binding {
  createTensor(shape: readonly number[], type: number, values: Values | number[]): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Values;
  executeOp(
    operation: string,
    attributes: OperationAttribute[],
    inputs: number[],
    outputs: number,
  ): NativeTensor[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: number[], inputNames: string, outputs: string): NativeTensor[];
  TF_ATTR_TYPE: number;
  TF_ATTR_BOOL: number;
  TF_ATTR_FLOAT: number;
  TF_ATTR_STRING: number;
  TF_ATTR_INT: number;
  TF_ATTR_SHAPE: number;
}

export interface NativeBackend {
  binding: Binding;
  /** Native ids; what is still on the host is uploaded first. */
  getInputTensorIds(tensors: tf.TensorInfo[]): number[];
}

export const nativeBackend = (): NativeBackend => tf.backend() as unknown as NativeBackend;
