/** Ids of runs: they sort by time, say what they are, and can be typed. */
import { randomBytes } from "node:crypto";

/** For example `lsgan-dc-261122-k3f9`: what it started from, the day, and four random letters. */
export function newRunId(preset: string | null, at: Date): string {
  const day = at.toISOString().slice(2, 10).replaceAll("-", "");
  const letters = [...randomBytes(4)].map((byte) => (byte % 36).toString(36)).join("");
  return `${preset ?? "run"}-${day}-${letters}`;
}
