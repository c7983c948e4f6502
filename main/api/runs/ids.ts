/** Ids of runs and groups: they sort by time, say what they are, and can be typed. */
import { randomBytes } from "node:crypto";
import { presets } from "../../spec/presets.ts";
import { isTaken } from "../../store/arrivals.ts";
import type { Home } from "../../store/home.ts";

/**
 * For example `lsgan-dc-261122-k3f9`: the preset, the day, and four random letters; one that no run and
 * no folder of the history has. `random` is another in tests only.
 */
export function newRunId(
  home: Home,
  preset: string | null,
  at: Date,
  random: (size: number) => Uint8Array = randomBytes,
): string {
  // A specification may name anything as its preset; only names that we know become part of a path.
  const known = presets.find(({ id }) => id === preset)?.id ?? "run";
  // There are not so many letters that days with many runs never meet one twice, and what is made
  // under a taken id would be written over another run's files.
  for (;;) {
    const id = datedId(known, at, random);
    if (!isTaken(home, id)) return id;
  }
}

/** `kind`, the day where the person is, and four random letters. */
export function datedId(
  kind: string,
  at: Date,
  random: (size: number) => Uint8Array = randomBytes,
): string {
  const day = [at.getFullYear() % 100, at.getMonth() + 1, at.getDate()]
    .map((part) => part.toString().padStart(2, "0"))
    .join("");
  const letters = [...random(4)].map((byte) => (byte % 36).toString(36)).join("");
  return `${kind}-${day}-${letters}`;
}
