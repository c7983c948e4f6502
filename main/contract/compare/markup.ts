/** Markup as text, for a page that is written to a file: what is inserted is escaped unless marked. */

/** Text that is markup already. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

const signs: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");

function textOf(part: Part): string {
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  if ("markup" in part) return part.markup;
  return part.map(({ markup }) => markup).join("");
}

/** A template tag: names of runs and the like come from outside and must stay text. */
export const html = (pieces: TemplateStringsArray, ...parts: Part[]): Markup => ({
  markup: pieces
    .map((piece, i) => piece + (i < parts.length ? textOf(parts[i] ?? "") : ""))
    .join(""),
});

/** A PNG file as an address that needs no network. */
export function pngAddress(png: Uint8Array): string {
  let text = "";
  // In parts: a call cannot take as many arguments as a large file has bytes.
  for (let i = 0; i < png.length; i += 0x8000)
    text += String.fromCharCode(...png.subarray(i, i + 0x8000));
  return `data:image/png;base64,${btoa(text)}`;
}
