/** A model's weights, named, in one file that holds no code; the network stands in its metadata. */
import { encodeSafetensors, type StoredTensor } from "../../files/safetensors.ts";
import { joined } from "../bytes.ts";
import type { ExportedFile, ExportOptions } from "../format.ts";
import { toHalf } from "../half.ts";
import { fileTensors } from "../layouts.ts";
import { metadataOf } from "../metadata.ts";
import type { ExportModel } from "../model.ts";

export function weightsFile(model: ExportModel, { half, layout }: ExportOptions): ExportedFile {
  const tensors: Record<string, StoredTensor> = {};
  for (const operation of model.operations) {
    for (const { name, tensor } of fileTensors(operation, layout)) {
      const { shape, values } = tensor;
      tensors[name] = { shape, values: half && shape.length > 1 ? toHalf(values, name) : values };
    }
  }
  const metadata = { ...metadataOf(model), layout };
  return {
    path: `${model.player}.safetensors`,
    content: joined(encodeSafetensors(tensors, metadata)),
  };
}

export const writeSafetensors = (
  model: ExportModel,
  options: ExportOptions,
): Promise<ExportedFile[]> => Promise.resolve([weightsFile(model, options)]);
