/** All model formats, in the order in which they are offered. A new one is a folder and a line here. */
import type { ExportFormat } from "./format.ts";
import { keras } from "./keras/keras.ts";
import { onnx } from "./onnx/onnx.ts";
import { pytorch } from "./pytorch/pytorch.ts";
import { safetensors } from "./safetensors/safetensors.ts";
import { tfjs } from "./tfjs/tfjs.ts";

export const formats: readonly ExportFormat[] = [tfjs, safetensors, onnx, keras, pytorch];
