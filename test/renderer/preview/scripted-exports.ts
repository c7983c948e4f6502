/** Exports by script: two formats a second, with differences as a check finds them. */
import type { Events } from "../../../main/contract/events.ts";
import type { Handlers, Payload } from "../../../main/contract/commands.ts";
import type {
  ExportedFormat,
  ExportFormatId,
  ExportResult,
} from "../../../main/contract/exports.ts";
import { exportKinds } from "../../../main/contract/exports.ts";

type Exports = Pick<Handlers, Extract<keyof Handlers, `exports.${string}`>>;

const code = `import numpy as np, onnxruntime
session = onnxruntime.InferenceSession("generator.onnx")
images = session.run(None, {"z": np.random.randn(16, 100).astype("float32")})[0]`;

function formatOf(format: ExportFormatId): ExportedFormat {
  const { holds, extension } = exportKinds[format];
  const isNetwork = holds !== "images";
  return {
    ...{ format, bytes: 6_700_000, checkedBy: isNetwork ? "onnxruntime" : "reading it again" },
    files:
      extension === null
        ? [`${format}/model.json`, `${format}/weights.bin`]
        : [`generator${extension}`],
    difference: isNetwork ? 2.4e-7 : null,
    loading: holds === "model" ? { language: "python", code } : null,
  };
}

export function scriptedExports(
  announce: (progress: Events["export.progress"]) => void,
  opened: Handlers["exports.import"],
): Exports {
  async function exported({
    id,
    formats,
    step = 0,
  }: Payload<"exports.archive">): Promise<ExportResult> {
    for (const [done, format] of formats.entries()) {
      announce({ id, format, stage: "checking", done, total: formats.length });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return { id, step, epoch: 10, formats: formats.map(formatOf), maxAbsDifference: 2.4e-7 };
  }
  return {
    "exports.write": async (wanted) => ({
      ...(await exported(wanted)),
      ...{ path: wanted.path, files: [`${wanted.path}/MODEL_CARD.md`] },
    }),
    "exports.archive": async (wanted) => ({
      ...(await exported(wanted)),
      ...{ name: `${wanted.id}.zip`, archive: new Uint8Array(8) },
    }),
    "exports.cancel": () => ({ cancelled: true }),
    "exports.cancelImport": () => ({ cancelled: false }),
    "exports.import": opened,
  };
}
