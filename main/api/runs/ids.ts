/** Ids of runs: they sort by time, say what they are, and can be typed. */
import { randomBytes } from "node:crypto";
import { presets } from "../../spec/presets.ts";

/** For example `lsgan-dc-261122-k3f9`: the preset, the day, and four random letters. */
export function newRunId(preset: string | null, at: Date): string {
  // A specification may name anything as its preset; only names that we know become part of a path.
  const known = presets.find(({ id }) => id === preset)?.id ?? "run";
  const day = at.toISOString().slice(2, 10).replaceAll("-", "");
  const letters = [...randomBytes(4)].map((byte) => (byte % 36).toString(36)).join("");
  return `${known}-${day}-${letters}`;
}
