/**
 * A model as one ONNX file. With half precision the kernels are stored as float16 and converted to
 * float32 where they are used: the file is half as large, and every runtime computes as before.
 */
import type { HostTensor } from "../../engine/tensors.ts";
import { turned } from "../axes.ts";
import type { ExportedFile, ExportOptions } from "../format.ts";
import { toHalf } from "../half.ts";
import { metadataOf, producer } from "../metadata.ts";
import type { ExportModel, Port } from "../model.ts";
import { encodeModel, elementTypes, type TensorMessage, type ValueMessage } from "./messages.ts";
import { node, nodesOf, type Constant, type Piece } from "./nodes.ts";

/** Of June 2022; every runtime of today reads it. Its files have the form 8. */
const operatorSet = 17;
const fileForm = 8;

export function writeOnnx(model: ExportModel, options: ExportOptions): Promise<ExportedFile[]> {
  let value: string = model.input.name;
  const pieces = model.operations.map((operation) => {
    const piece = nodesOf(operation, value);
    value = operation.name;
    return piece;
  });
  // The last result gets the name of the output, which may not be an operation's.
  const output: string = model.output.name;
  pieces.push({ nodes: [node("Identity", [value], output)], constants: [] });
  const held = options.half ? pieces.map(halved) : pieces.map(whole);
  const content = encodeModel({
    ir_version: fileForm,
    opset_import: [{ domain: "", version: operatorSet }],
    producer_name: producer,
    doc_string: `${model.player}: ${model.input.meaning} → ${model.output.meaning}.`,
    graph: {
      name: model.player,
      doc_string: model.output.meaning,
      node: held.flatMap(({ nodes }) => nodes),
      initializer: held.flatMap(({ tensors }) => tensors),
      input: [
        valueOf(model.input, options.batch),
        ...(model.labels ? [labelsValue(model.labels, options.batch)] : []),
      ],
      output: [valueOf(model.output, options.batch)],
    },
    metadata_props: Object.entries({ ...metadataOf(model), layout: "NCHW" }).map(([key, text]) => ({
      key,
      value: text,
    })),
  });
  return Promise.resolve([{ path: `${model.player}.onnx`, content }]);
}

const batchOf = (batch: number | null) =>
  batch === null ? { dim_param: "n" } : { dim_value: batch };

const valueOf = ({ name, shape, meaning }: Port, batch: number | null): ValueMessage => ({
  name,
  doc_string: meaning,
  type: {
    tensor_type: {
      elem_type: elementTypes.float32,
      shape: { dim: [batchOf(batch), ...turned(shape).map((size) => ({ dim_value: size }))] },
    },
  },
});

const labelsValue = (
  { name, meaning }: { name: string; meaning: string },
  batch: number | null,
): ValueMessage => ({
  name,
  doc_string: meaning,
  type: { tensor_type: { elem_type: elementTypes.int64, shape: { dim: [batchOf(batch)] } } },
});

interface Held {
  nodes: Piece["nodes"];
  tensors: TensorMessage[];
}

const whole = ({ nodes, constants }: Piece): Held => ({
  nodes,
  tensors: constants.map(tensorMessage),
});

function tensorMessage(constant: Constant): TensorMessage {
  const { name } = constant;
  if (constant.kind === "int64") {
    const raw = new Uint8Array(BigInt64Array.from(constant.values, BigInt).buffer);
    const dims = constant.scalar ? [] : [constant.values.length];
    return { name, dims, data_type: elementTypes.int64, raw_data: raw };
  }
  const { shape, values } = constant.tensor;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { name, dims: [...shape], data_type: elementTypes.float32, raw_data: raw };
}

/** Kernels have two axes or more; what has one is small, and the variances would lose by it. */
const isKernel = (constant: Constant): constant is Constant & { tensor: HostTensor } =>
  constant.kind === "float32" && constant.tensor.shape.length > 1;

function halved(piece: Piece): Held {
  // Its scale has as many axes as an image.
  if (piece.nodes.some(({ op_type }) => op_type === "LayerNormalization")) return whole(piece);
  const stored = (name: string) => `${name}.float16`;
  const kernels = piece.constants.filter(isKernel);
  const casts = kernels.map(({ name }) =>
    node("Cast", [stored(name)], name, { to: elementTypes.float32 }),
  );
  const tensors = piece.constants.map((constant): TensorMessage => {
    if (!isKernel(constant)) return tensorMessage(constant);
    const { name, tensor } = constant;
    const raw = new Uint8Array(toHalf(tensor.values, name).buffer);
    return {
      ...{ name: stored(name), dims: [...tensor.shape] },
      ...{ data_type: elementTypes.float16, raw_data: raw },
    };
  });
  return { nodes: [...casts, ...piece.nodes], tensors };
}
