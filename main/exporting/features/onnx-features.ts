/** Features by an ONNX file, in onnxruntime (WebAssembly, one thread). The first output counts. */
import type * as Runtime from "onnxruntime-web";
import { Problem } from "../../spec/problem.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../../spec/shape.ts";
import { channelsFirst } from "../axes.ts";
import type { ExportedFile } from "../format.ts";
import type { LoadedFeatures } from "./loaded-features.ts";

/**
 * Throws `export.unreadable` for a file that the runtime does not take, `export.mismatch` where its one
 * input is no batch of images [images, channels, height, width], or with the channels last.
 */
export async function loadOnnxFeatures(
  [file]: readonly ExportedFile[],
  name: string,
  image: ImageShape,
): Promise<LoadedFeatures> {
  const runtime = await import("onnxruntime-web");
  runtime.env.wasm.numThreads = 1;
  let session: Runtime.InferenceSession;
  try {
    session = await runtime.InferenceSession.create(file?.content ?? new Uint8Array());
  } catch (cause) {
    const why = (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
    throw new Problem("export.unreadable", `${name} is no ONNX file that runs here: ${why}`, {
      cause,
    });
  }
  try {
    const { input, batch, isTurned } = inputOf(session, name, image);
    const output = session.outputNames[0] ?? "";
    const shape = shapeOfImage(image);
    const [height = 1, width = 1, channels = 1] = shape;
    const sizes = isTurned ? [channels, height, width] : [height, width, channels];
    const pixels = height * width * channels;

    const runBatch = async (images: Float32Array<ArrayBuffer>, count: number) => {
      const ordered = isTurned ? channelsFirst(images, count, shape) : images;
      const fed = new runtime.Tensor("float32", ordered, [count, ...sizes]);
      const { [output]: seen } = await session.run({ [input]: fed });
      if (seen?.type !== "float32") {
        throw new Problem("export.mismatch", `${name} gives no features of 32 bits.`);
      }
      return new Float32Array(seen.data as Float32Array);
    };
    return {
      async run(images, count) {
        if (batch === null) return runBatch(images, count);
        // A file of a fixed batch wants it full; what fills it up is not looked at.
        const parts: Float32Array[] = [];
        for (let at = 0; at < count; at += batch) {
          const full = new Float32Array(batch * pixels);
          full.set(images.subarray(at * pixels, Math.min(count, at + batch) * pixels));
          const seen = await runBatch(full, batch);
          parts.push(seen.subarray(0, (seen.length / batch) * Math.min(batch, count - at)));
        }
        return Float32Array.from(parts.flatMap((part) => Array.from(part)));
      },
      dispose: () => session.release(),
    };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

function inputOf(session: Runtime.InferenceSession, name: string, image: ImageShape) {
  const [input] = session.inputMetadata;
  const refused = (why: string) =>
    new Problem(
      "export.mismatch",
      `${name} does not fit: ${why}. It must take one batch of images of ${formatShape(shapeOfImage(image))}, as numbers from −1 to 1.`,
    );
  if (!input?.isTensor || session.inputMetadata.length !== 1) {
    throw refused(`it has ${session.inputMetadata.length.toString()} inputs`);
  }
  if (input.type !== "float32") throw refused(`its input is of type ${input.type}`);
  const [first, ...given] = input.shape;
  // A size that has a name may be anything.
  const takes = (sizes: readonly number[]) =>
    given.length === 3 &&
    sameShape(
      given.map((size, axis) => (isFixed(size) ? size : (sizes[axis] as number))),
      sizes,
    );
  const [height = 1, width = 1, channels = 1] = shapeOfImage(image);
  const isTurned = takes([channels, height, width]);
  if (!isTurned && !takes([height, width, channels])) {
    throw refused(`its input is ${input.shape.join("×") || "of no shape"}`);
  }
  return { input: input.name, batch: isFixed(first) ? first : null, isTurned };
}

const isFixed = (size: number | string | undefined): size is number =>
  typeof size === "number" && size > 0;
