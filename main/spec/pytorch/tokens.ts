/**
 * The words of a piece of Python source that holds nothing but calls with literal arguments. Text is
 * read, never run: whatever is not such a call ends with the line where it stands.
 */
import { Problem } from "../problem.ts";

export interface Token {
  kind: "name" | "number" | "text" | "sign" | "newline" | "end";
  text: string;
  /** From 1. */
  line: number;
}

/** More than any stack of 256 layers takes. */
const longest = 100_000;

const pattern =
  /(?<space>[ \t\r\f]+|\\\n|#[^\n]*)|(?<newline>\n)|(?<name>[A-Za-z_]\w*)|(?<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<text>"[^"\\\n]*"|'[^'\\\n]*')|(?<sign>\/\/|\*\*|[-+*/%()[\],=.{}:])/y;

/** What is wrong at a line, as a problem. */
export const wrongAt = (line: number, what: string): Problem =>
  new Problem("spec.invalid", `Line ${line}: ${what}.`);

/** Line ends count only outside of brackets. Throws `spec.invalid`. */
export function tokensOf(source: string): Token[] {
  if (source.length > longest) {
    throw new Problem(
      "spec.invalid",
      `The text has ${source.length.toLocaleString("en")} characters, more than any stack of layers needs; paste the nn.Sequential(…) alone.`,
    );
  }
  const text = source.replaceAll("\r\n", "\n");
  const tokens: Token[] = [];
  let line = 1;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match?.groups) {
      throw wrongAt(line, `«${text.charAt(at)}» has no place in a list of layers`);
    }
    const word = match[0];
    const kind = Object.entries(match.groups as Record<string, string | undefined>).find(
      ([, found]) => found !== undefined,
    )?.[0];
    if (kind === "newline" && depth === 0) tokens.push({ kind, text: word, line });
    if (kind === "name" || kind === "number" || kind === "text" || kind === "sign") {
      tokens.push({ kind, text: kind === "text" ? word.slice(1, -1) : word, line });
    }
    if ("([{".includes(word)) depth++;
    if (")]}".includes(word)) depth = Math.max(0, depth - 1);
    line += word.includes("\n") ? 1 : 0;
    at += word.length;
  }
  tokens.push({ kind: "newline", text: "\n", line }, { kind: "end", text: "", line });
  return tokens;
}
