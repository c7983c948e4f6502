/**
 * Reads a TensorFlow.js model of ours back: the network stands in the metadata, and the weights in the
 * order of the manifest. The topology, which names classes to be built, is not looked at.
 */
import * as v from "valibot";
import type { HostTensor } from "../engine/tensors.ts";
import { Problem } from "../spec/problem.ts";
import { sameShape, sizeOf, type Shape } from "../spec/shape.ts";
import type { ExportedFile, ReadModel } from "./format.ts";
import { fromHalf } from "./half.ts";
import { fileName } from "./layouts.ts";
import { unreadable } from "./metadata.ts";
import { readModel } from "./read-model.ts";
import { weightsOf, type Operation } from "./operation.ts";

const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));

const schema = v.object({
  weightsManifest: v.pipe(
    v.array(
      v.object({
        /** Beside model.json: a name that leads elsewhere is none of ours. */
        paths: v.pipe(
          v.array(v.pipe(v.string(), v.regex(/^[\w-]{1,100}\.bin$/))),
          v.maxLength(1000),
        ),
        weights: v.pipe(
          v.array(
            v.object({
              name: v.pipe(v.string(), v.maxLength(200)),
              shape: v.pipe(v.array(size), v.maxLength(4)),
              dtype: v.literal("float32"),
              quantization: v.optional(v.object({ dtype: v.literal("float16") })),
            }),
          ),
          v.maxLength(10_000),
        ),
      }),
    ),
    v.length(1),
  ),
  userDefinedMetadata: v.record(v.string(), v.unknown()),
});

type Description = v.InferOutput<typeof schema>;

/** Throws `export.unreadable` for text that is no description of a model of ours. */
function descriptionOf({ path, content }: ExportedFile): Description {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
  } catch (cause) {
    throw new Problem("export.unreadable", `${path} is no TensorFlow.js model: it is not JSON.`, {
      cause,
    });
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Problem(
    "export.unreadable",
    `${path} is no TensorFlow.js model that GAN Studio exported (${v.getDotPath(issue) ?? "it"}: ${issue.message}).`,
  );
}

/** Names of the weights' files, which lie beside it. */
export const weightPaths = (description: ExportedFile): string[] =>
  descriptionOf(description).weightsManifest.flatMap(({ paths }) => paths);

/** `files` are those of `weightPaths`, in that order. Throws `export.unreadable`. */
export function readTfjs(description: ExportedFile, files: readonly ExportedFile[]): ReadModel {
  const { path } = description;
  const { weightsManifest, userDefinedMetadata } = descriptionOf(description);
  const bytes = new Uint8Array(Buffer.concat(files.map(({ content }) => content)));
  const tensors = new Map<string, HostTensor>();
  let at = 0;
  for (const { name, shape, quantization } of weightsManifest.flatMap(({ weights }) => weights)) {
    const count = sizeOf(shape);
    const end = at + count * (quantization ? 2 : 4);
    if (end > bytes.length) throw unreadable(path, "ends before its weights do");
    // Copied: values of four bytes may not start everywhere.
    const part = bytes.slice(at, end).buffer;
    const values = quantization ? fromHalf(new Uint16Array(part)) : new Float32Array(part);
    tensors.set(name, { shape, values });
    at = end;
  }
  if (at !== bytes.length) throw unreadable(path, "has more weights than it names");
  const texts = Object.entries(userDefinedMetadata).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return readModel(Object.fromEntries(texts), path, (operation, weight) => {
    const tensor = tensors.get(fileName(operation, weight, "tensorflow").replace(".", "/"));
    return tensor && perChannel(operation, weight, tensor);
  });
}

/** Layer normalisation has a scale for every value there; of ours, which has one a channel, copies. */
function perChannel(operation: Operation, weight: string, tensor: HostTensor): HostTensor {
  const shape: Shape = weightsOf(operation)[weight]?.shape ?? tensor.shape;
  if (operation.kind !== "layerNorm" || sameShape(shape, tensor.shape)) return tensor;
  if (!sameShape(tensor.shape, operation.input)) return tensor;
  return { shape, values: tensor.values.slice(0, sizeOf(shape)) };
}
