/** What set-up found out about TensorFlow, where it ran; it leaves a small file for us. */
import { existsSync, readFileSync } from "node:fs";
import * as v from "valibot";

/** From the source, and from the desktop app's bundle, which lies one folder less deep. */
const places = ["../../../node_modules", "../../node_modules"].map(
  (folder) => new URL(`${folder}/.gan-studio/tensorflow.json`, import.meta.url),
);

const reportSchema = v.object({
  reason: v.nullish(v.string()),
  remedy: v.nullish(v.string()),
});

/** Why the native engine is missing and how to get it, as sentences. */
export function setupAdvice(): string[] {
  const general =
    "Training runs on the portable engine, which is several times slower than TensorFlow.";
  const report = places.find((place) => existsSync(place));
  if (!report) return [general];
  try {
    const parsed = v.safeParse(reportSchema, JSON.parse(readFileSync(report, "utf8")));
    if (!parsed.success) return [general];
    return [general, parsed.output.reason, parsed.output.remedy].filter(
      (text) => typeof text === "string",
    );
  } catch {
    return [general];
  }
}
