/** The description of a TensorFlow.js layers model (model.json), read from outside. */
import * as v from "valibot";
import { Problem } from "../../spec/problem.ts";
import type { ExportedFile } from "../format.ts";

const schema = v.object({
  modelTopology: v.record(v.string(), v.unknown()),
  weightsManifest: v.array(
    v.object({
      /** Beside model.json: a name that leads elsewhere is refused. */
      paths: v.array(v.pipe(v.string(), v.regex(/^[\w-][\w.-]{0,100}$/))),
      weights: v.array(
        v.looseObject({
          name: v.string(),
          shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31))),
          dtype: v.string(),
        }),
      ),
    }),
  ),
});

/** Throws `export.unreadable`. */
export function layersModelOf({ path, content }: ExportedFile): v.InferOutput<typeof schema> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    return v.parse(schema, JSON.parse(text));
  } catch (cause) {
    throw new Problem(
      "export.unreadable",
      `${path} is no TensorFlow.js layers model. Name the model.json of one, or an .onnx file.`,
      { cause },
    );
  }
}
