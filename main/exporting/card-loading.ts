/** How each format is loaded, in a few lines of its own language: for the model card and the page. */
import type { FormatId } from "./format.ts";
import type { ExportModel } from "./model.ts";
import { classNameOf } from "./pytorch/source.ts";

export interface Loading {
  language: "python" | "js" | "text";
  code: string;
}

/** Examples that the lines ask for. */
const count = 16;

/**
 * @param file the network's file (or, where there are several, its folder's main one)
 * @param batch examples that the file wants at a time; null for any number
 */
export function loadingOf(
  format: FormatId | "html",
  model: ExportModel,
  file: string,
  batch: number | null = null,
): Loading {
  const { player, labels } = model;
  const given = batch ?? count;
  const generates = player === "generator";
  const result = generates ? "images" : "scores";
  const array = arrayFor(model, given);
  const classes = labels ? `np.arange(${given}) % ${labels.classes}` : "";
  switch (format) {
    case "html":
      return { language: "text", code: `Open ${file} in any browser. It needs no network.` };
    case "onnx":
      return python(
        "import numpy as np, onnxruntime",
        `session = onnxruntime.InferenceSession("${file}")`,
        `${result} = session.run(None, {"${model.input.name}": ${array.first}${labels ? `, "label": ${classes}` : ""}})[0]`,
      );
    case "keras":
      return python(
        "import numpy as np, keras",
        `${player} = keras.saving.load_model("${file}", safe_mode=True)`,
        labels
          ? `${result} = ${player}.predict([${array.last}, ${classes}])`
          : `${result} = ${player}.predict(${array.last})`,
      );
    case "safetensors":
      return python(
        "from safetensors.numpy import load_file",
        `weights = load_file("${file}")`,
        "for name, values in weights.items(): print(name, values.shape, values.dtype)",
      );
    case "pytorch":
      return python(
        `import torch, safetensors.torch, ${player}`,
        `model = ${player}.${classNameOf(model)}().eval()`,
        `model.load_state_dict(safetensors.torch.load_file("${player}.safetensors"))`,
        `${result} = model(${array.torch}${labels ? `, torch.arange(${given}) % ${labels.classes}` : ""})`,
      );
    case "tfjs": {
      const shape = [given, ...model.input.shape].join(", ");
      const noise = generates
        ? `tf.random${isNormal(model) ? "Normal" : "Uniform"}([${shape}]${isNormal(model) ? "" : ", -1, 1"})`
        : `tf.zeros([${shape}])`;
      return {
        language: "js",
        code: [
          'import * as tf from "@tensorflow/tfjs";',
          `const ${player} = await tf.loadLayersModel("${file}");`,
          `const ${result} = ${player}.predict(${labels ? `[${noise}, tf.range(0, ${given}, 1, "int32").mod(tf.scalar(${labels.classes}, "int32"))]` : noise});`,
        ].join("\n"),
      };
    }
  }
}

const python = (...lines: string[]): Loading => ({ language: "python", code: lines.join("\n") });

const isNormal = ({ specification }: ExportModel): boolean =>
  specification.latent.distribution === "normal";

/** An input to try, with channels first (ONNX, PyTorch) and last (Keras, TensorFlow). */
function arrayFor(model: ExportModel, given: number) {
  const [height = 1, width = 1, channels = 1] = model.input.shape;
  if (model.player === "discriminator") {
    const images = (...sizes: number[]) => `np.zeros((${[given, ...sizes].join(", ")}), "float32")`;
    return {
      first: images(channels, height, width),
      last: images(height, width, channels),
      torch: `torch.zeros(${given}, ${channels}, ${height}, ${width})`,
    };
  }
  const size = model.input.shape[0] ?? 1;
  const numpy = isNormal(model)
    ? `np.random.randn(${given}, ${size}).astype("float32")`
    : `np.random.uniform(-1, 1, (${given}, ${size})).astype("float32")`;
  const torch = isNormal(model)
    ? `torch.randn(${given}, ${size})`
    : `torch.rand(${given}, ${size}) * 2 - 1`;
  return { first: numpy, last: numpy, torch };
}
