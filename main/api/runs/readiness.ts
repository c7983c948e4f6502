/** What computes a run and how, as the sentence of its event «ready». */
import type { FromSession } from "../../training/messages.ts";

type Ready = Extract<FromSession, { type: "ready" }>;

export function readiness(engine: Ready["engine"], compilation: Ready["compilation"]): string {
  const what = `${engine.version} on the ${engine.device}`;
  if (compilation.mode === "eager") return `${what}, operation by operation. ${compilation.reason}`;
  return `${what}, steps compiled in ${(compilation.milliseconds / 1000).toFixed(1)} s.`;
}
