/** Reads such a file back, in either layout and precision. */
import type { HostTensor } from "../../engine/tensors.ts";
import { decodeSafetensors, type StoredTensor } from "../../files/safetensors.ts";
import { Problem } from "../../spec/problem.ts";
import type { ExportedFile, ExportOptions, Inputs, ReadModel } from "../format.ts";
import { fromHalf } from "../half.ts";
import { fileName, fileShape, fromFile } from "../layouts.ts";
import { unreadable } from "../metadata.ts";
import { readModel, runRead } from "../read-model.ts";
import { sameShape } from "../../spec/shape.ts";
import type { Operation } from "../operation.ts";

const isLayout = (layout: string | undefined): layout is ExportOptions["layout"] =>
  layout === "pytorch" || layout === "tensorflow";

/**
 * Throws `export.unreadable` for what is damaged or was not exported by us; other than a checkpoint's
 * reader, this one is given files from anywhere.
 */
export function readSafetensors({ path, content }: ExportedFile): ReadModel {
  const { tensors, metadata } = decoded(content, path);
  const { layout } = metadata;
  return readModel(metadata, path, (operation, weight) => {
    if (!isLayout(layout)) throw unreadable(path, "does not say in which layout its weights are");
    const name = fileName(operation, weight, layout);
    const stored = tensors[name];
    return stored && fromFile(operation, weight, checked(operation, stored), layout);

    function checked(of: Operation, tensor: StoredTensor): HostTensor {
      // Before its axes are moved: a tensor of another rank would be read past its end.
      if (layout !== "pytorch" || sameShape(tensor.shape, fileShape(of, weight, layout))) {
        return floats(name, tensor);
      }
      throw unreadable(path, `has a «${name}» of another shape than its network`);
    }
  });

  function floats(name: string, { shape, values }: StoredTensor): HostTensor {
    if (values instanceof Float32Array) return { shape, values: new Float32Array(values) };
    if (values instanceof Uint16Array) return { shape, values: fromHalf(values) };
    throw unreadable(path, `holds «${name}» in another type than float32 or float16`);
  }
}

function decoded(content: Uint8Array, path: string) {
  try {
    return decodeSafetensors(content, path);
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    const message = thrown.message.replace(/ and was not used: (.*)\. Use an earlier.*$/u, ": $1.");
    throw new Problem("export.unreadable", `${message} Export it again.`);
  }
}

export async function runSafetensors(
  files: readonly ExportedFile[],
  inputs: Inputs,
): Promise<Float32Array<ArrayBuffer>> {
  const file = files.find(({ path }) => path.endsWith(".safetensors"));
  if (!file) throw new Error("there is no file to run");
  return runRead(readSafetensors(file), inputs);
}
