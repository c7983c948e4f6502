/** What set-up found out about TensorFlow, where it ran; it leaves a small file for us. */
import { readFileSync } from "node:fs";
import * as v from "valibot";

const report = new URL("../../../node_modules/.gan-studio/tensorflow.json", import.meta.url);

const reportSchema = v.object({ reason: v.optional(v.string()), remedy: v.optional(v.string()) });

/** Why the native engine is missing and how to get it, as sentences. */
export function setupAdvice(): string[] {
  const general =
    "Training runs on the portable engine, which is several times slower than TensorFlow.";
  try {
    const parsed = v.safeParse(reportSchema, JSON.parse(readFileSync(report, "utf8")));
    if (!parsed.success) return [general];
    return [general, parsed.output.reason, parsed.output.remedy].filter(
      (text) => text !== undefined,
    );
  } catch {
    return [general];
  }
}
