/** Loads a written ONNX file in onnxruntime (WebAssembly, one thread) and computes with it. */
import type * as Runtime from "onnxruntime-web";
import { channelsFirst, channelsLast } from "../axes.ts";
import type { ExportedFile, Inputs } from "../format.ts";
import { decodeModel, type ValueMessage } from "./messages.ts";

/** The sizes of a value without the batch, and the batch where the file fixes it. */
function formOf({ type }: ValueMessage): { batch: number | null; sizes: number[] } {
  const [first, ...rest] = type.tensor_type.shape.dim;
  const batch = first?.dim_value ?? 0;
  return { batch: batch > 0 ? batch : null, sizes: rest.map(({ dim_value }) => dim_value ?? 0) };
}

/** Channels, height, width as we order them. */
const ofImage = (sizes: readonly number[]): readonly number[] =>
  sizes.length === 3 ? [sizes[1] ?? 1, sizes[2] ?? 1, sizes[0] ?? 1] : sizes;

const sizeOf = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);

export async function runOnnx(
  [file]: readonly ExportedFile[],
  { values, count, labels }: Inputs,
): Promise<Float32Array<ArrayBuffer>> {
  if (!file) throw new Error("there is no file to run");
  const { graph } = decodeModel(file.content);
  const [input, , output] = [graph.input[0], graph.input[1], graph.output[0]];
  if (!input || !output) throw new Error("the file has no input or no output");
  const { batch, sizes } = formOf(input);
  const after = formOf(output).sizes;
  const runtime = await import("onnxruntime-web");
  runtime.env.wasm.numThreads = 1;
  const session = await runtime.InferenceSession.create(file.content);
  const width = sizeOf(sizes);
  const results = new Float32Array(count * sizeOf(after));
  const step = batch ?? count;
  try {
    for (let start = 0; start < count; start += step) {
      const given = Math.min(step, count - start);
      // A file of a fixed batch wants it full; the examples that fill it up are not looked at.
      const examples = new Float32Array(step * width);
      examples.set(values.subarray(start * width, (start + given) * width));
      const classes = new BigInt64Array(step);
      for (let place = 0; place < given; place++) {
        classes[place] = BigInt(labels?.[start + place] ?? 0);
      }
      const ordered = sizes.length === 3 ? channelsFirst(examples, step, ofImage(sizes)) : examples;
      const feeds: Record<string, Runtime.Tensor> = {
        [input.name]: new runtime.Tensor("float32", ordered, [step, ...sizes]),
      };
      const labelName = graph.input[1]?.name;
      if (labelName) feeds[labelName] = new runtime.Tensor("int64", classes, [step]);
      const { [output.name]: computed } = await session.run(feeds);
      const numbers = new Float32Array((computed as Runtime.Tensor).data as Float32Array);
      const images = after.length === 3 ? channelsLast(numbers, step, ofImage(after)) : numbers;
      results.set(images.subarray(0, given * sizeOf(after)), start * sizeOf(after));
    }
  } finally {
    await session.release();
  }
  return results;
}
