/** JSON merge patches (RFC 7396): how a remedy says what it changes in a specification. */
import type { SpecificationPatch } from "./finding.ts";

const isSameKind = (before: Record<string, unknown>, after: Record<string, unknown>): boolean =>
  after.kind === undefined || after.kind === before.kind;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Neither argument is changed. Other than in the RFC, null stays null: a specification has all of its
 * fields, and null is a value that some of them have. An object that names a `kind` takes the place of
 * one of another kind as a whole, since variants have other fields; of the same kind it is merged.
 */
export function patched(target: unknown, patch: SpecificationPatch): unknown {
  const before = isObject(target) ? target : {};
  const changes = Object.entries(patch).map(([field, value]) => [
    field,
    isObject(value) && isObject(before[field]) && isSameKind(before[field], value)
      ? patched(before[field], value)
      : value,
  ]);
  return { ...before, ...(Object.fromEntries(changes) as Record<string, unknown>) };
}
