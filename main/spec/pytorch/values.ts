/**
 * Python source of literal values, arithmetic on them, and calls, as a tree of plain data. Names are
 * those of numbers that were assigned above. Nothing is evaluated but arithmetic.
 */
import { tokensOf, wrongAt, type Token } from "./tokens.ts";

/** A call that was read, not made. */
export interface Call {
  kind: "call";
  /** As it was written, dots and all. */
  name: string;
  line: number;
  positional: readonly Value[];
  named: ReadonlyMap<string, Value>;
}

export type Value = number | string | boolean | null | readonly Value[] | Call;

export const isCall = (value: Value): value is Call =>
  typeof value === "object" && value !== null && "kind" in value;

/** Brackets inside brackets. */
const deepest = 40;

const constants = new Map<string, Value>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

interface Reader {
  tokens: readonly Token[];
  at: number;
  depth: number;
  variables: Map<string, Value>;
}

/** The values of the statements that are no assignments of plain values, in order. */
export function readStatements(source: string): { value: Value; line: number }[] {
  const reader: Reader = { tokens: tokensOf(source), at: 0, depth: 0, variables: new Map() };
  const found: { value: Value; line: number }[] = [];
  for (;;) {
    while (next(reader).kind === "newline") reader.at++;
    const first = next(reader);
    if (first.kind === "end") return found;
    if (first.text === "import" || first.text === "from") {
      skipLine(reader);
      continue;
    }
    const target = assignedName(reader);
    const value = readList(reader);
    if (next(reader).kind !== "newline") throw unexpected(next(reader));
    if (target !== null) reader.variables.set(target, value);
    if (target === null || holdsCall(value)) found.push({ value, line: first.line });
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const holdsCall = (value: Value): boolean =>
  isList(value) ? value.some(holdsCall) : isCall(value);

/** A value as a message shows it. */
export const textOf = (value: Value): string => {
  if (isList(value)) return `[${value.map(textOf).join(", ")}]`;
  return isCall(value) ? `${value.name}(…)` : String(value);
};

const next = ({ tokens, at }: Reader): Token =>
  tokens[at] ?? { kind: "end", text: "", line: tokens.at(-1)?.line ?? 1 };

function take(reader: Reader, sign: string): boolean {
  const token = next(reader);
  if (token.kind !== "sign" || token.text !== sign) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, sign: string): void {
  if (take(reader, sign)) return;
  const token = next(reader);
  if (token.kind === "end" || token.kind === "newline") {
    throw wrongAt(token.line, `the text ends where «${sign}» is missing`);
  }
  throw wrongAt(token.line, `«${sign}» is missing before «${token.text}»`);
}

function skipLine(reader: Reader): void {
  while (next(reader).kind !== "newline") reader.at++;
}

/** `name =` and `self.name =`, which are passed; null where nothing is assigned. */
function assignedName(reader: Reader): string | null {
  const before = reader.at;
  if (next(reader).kind === "name") {
    const name = dotted(reader);
    if (take(reader, "=")) return name;
  }
  reader.at = before;
  return null;
}

function dotted(reader: Reader): string {
  let name = next(reader).text;
  reader.at++;
  while (take(reader, ".")) {
    const part = next(reader);
    if (part.kind !== "name") throw unexpected(part);
    name += `.${part.text}`;
    reader.at++;
  }
  return name;
}

/** One value, or several between commas as a list. */
function readList(reader: Reader): Value {
  const first = readSum(reader);
  if (!take(reader, ",")) return first;
  const items = [first];
  while (!["newline", "end"].includes(next(reader).kind) && next(reader).text !== ")") {
    items.push(readSum(reader));
    if (!take(reader, ",")) break;
  }
  return items;
}

function readSum(reader: Reader): Value {
  let value = readProduct(reader);
  for (;;) {
    const { line } = next(reader);
    if (take(reader, "+")) value = number(value, line) + number(readProduct(reader), line);
    else if (take(reader, "-")) value = number(value, line) - number(readProduct(reader), line);
    else return value;
  }
}

function readProduct(reader: Reader): Value {
  let value = readPower(reader);
  for (;;) {
    const { line } = next(reader);
    const right = () => number(readPower(reader), line);
    if (take(reader, "*")) value = number(value, line) * right();
    else if (take(reader, "//")) value = Math.floor(number(value, line) / right());
    else if (take(reader, "/")) value = number(value, line) / right();
    else if (take(reader, "%")) value = number(value, line) % right();
    else return value;
  }
}

function readPower(reader: Reader): Value {
  const { line } = next(reader);
  if (take(reader, "-")) return -number(nested(reader, readPower), line);
  const base = nested(reader, readOne);
  return take(reader, "**") ? number(base, line) ** number(nested(reader, readPower), line) : base;
}

function number(value: Value, line: number): number {
  if (typeof value === "number") return value;
  throw wrongAt(line, "only numbers can be reckoned with here");
}

function nested(reader: Reader, read: (reader: Reader) => Value): Value {
  if (reader.depth >= deepest) throw wrongAt(next(reader).line, "brackets lie too deep");
  reader.depth++;
  const value = read(reader);
  reader.depth--;
  return value;
}

function readOne(reader: Reader): Value {
  const token = next(reader);
  if (token.kind === "number") {
    reader.at++;
    return Number(token.text.replaceAll("_", ""));
  }
  if (token.kind === "text") {
    reader.at++;
    return token.text;
  }
  if (take(reader, "(")) return readItems(reader, ")");
  if (take(reader, "[")) return readItems(reader, "]");
  if (token.kind === "name") return readNamed(reader, token);
  throw unexpected(token);
}

/** Between brackets: a value in round ones is itself, several are a list. */
function readItems(reader: Reader, end: ")" | "]"): Value {
  const items: Value[] = [];
  let separated = false;
  while (!take(reader, end)) {
    if (items.length > 0 && !separated) expect(reader, end);
    items.push(readSum(reader));
    separated = take(reader, ",");
  }
  const [only] = items;
  return end === ")" && items.length === 1 && !separated && only !== undefined ? only : items;
}

const statements = new Set(["class", "def", "return", "if", "for", "while", "with", "lambda"]);

function readNamed(reader: Reader, { text, line }: Token): Value {
  if (statements.has(text)) {
    throw wrongAt(
      line,
      `«${text}» is code, which is not run here; paste the nn.Sequential(…) alone`,
    );
  }
  const name = dotted(reader);
  if (take(reader, "(")) return readCall(reader, name, line);
  const known = constants.has(name) ? constants.get(name) : reader.variables.get(name);
  if (known !== undefined) return known;
  throw wrongAt(
    line,
    `the value of «${name}» is not known; write the number, or «${name} = 64» on a line above`,
  );
}

function readCall(reader: Reader, name: string, line: number): Call {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  let separated = true;
  while (!take(reader, ")")) {
    if (!separated) expect(reader, ")");
    const token = next(reader);
    const follows = reader.tokens[reader.at + 1];
    if (token.kind === "name" && follows?.kind === "sign" && follows.text === "=") {
      if (named.has(token.text)) throw wrongAt(token.line, `«${token.text}» is given twice`);
      reader.at += 2;
      named.set(token.text, readSum(reader));
    } else if (token.text === "*" || token.text === "**") {
      throw wrongAt(
        token.line,
        `«${token.text}» unpacks a list that is not here; write the layers out`,
      );
    } else {
      if (named.size > 0)
        throw wrongAt(token.line, "a value without a name follows one with a name");
      positional.push(readSum(reader));
    }
    separated = take(reader, ",");
  }
  return { kind: "call", name, line, positional, named };
}

const unexpected = ({ kind, text, line }: Token) =>
  kind === "end" || kind === "newline"
    ? wrongAt(line, "the text ends in the middle of a value")
    : wrongAt(line, `«${text}» does not belong here; paste an nn.Sequential(…) of layers`);
