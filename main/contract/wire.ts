/**
 * Values as text, for transports that carry text. JSON loses NaN, the infinities and bytes; a
 * diverging run must be able to say so, and image sheets are bytes. Such values travel as
 * `{"$": "NaN"}` and `{"$bytes": base64}`; an object of the sender's own may not start a key with «$».
 */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** The numbers that JSON has no form for. */
const unusual: ReadonlySet<string> = new Set(["NaN", "Infinity", "-Infinity"]);

function pack(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { $: String(value) };
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (Array.isArray(value)) return value.map(pack);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
}

function unpack(value: Json): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$ === "string" && unusual.has(value.$)) return Number(value.$);
  if (typeof value.$bytes === "string") return fromBase64(value.$bytes);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
}

export const encode = (value: unknown): string => JSON.stringify(pack(value));

/** Throws an `Error` of some kind when the text is not what `encode` makes. */
export const decode = (text: string): unknown => unpack(JSON.parse(text) as Json);
