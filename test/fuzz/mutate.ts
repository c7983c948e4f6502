/** Ways to spoil bytes and JSON values, drawn from a seed. */

/** A whole number from 0 to below `below`. */
export type Random = (below: number) => number;

export const oneOf = <Value>(random: Random, values: readonly Value[]): Value =>
  values[random(values.length)] as Value;

const extremes = [0, 1, 7, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000, 0xffffffff];

/** One to four random changes: bits, bytes, lengths, stretches that go, come twice or trade places. */
export function spoiltBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let spoilt = Buffer.from(bytes);
  for (let changes = random(4) + 1; changes > 0 && spoilt.length > 0; changes--) {
    const at = random(spoilt.length);
    const length = random(Math.min(64, spoilt.length - at)) + 1;
    switch (random(8)) {
      case 0:
        spoilt.writeUInt8(spoilt.readUInt8(at) ^ (1 << random(8)), at);
        break;
      case 1:
        spoilt.writeUInt8(random(256), at);
        break;
      case 2:
        spoilt = spoilt.subarray(0, at);
        break;
      case 3:
        for (let place = at; place < at + length; place++) spoilt.writeUInt8(random(256), place);
        break;
      case 4:
        spoilt = Buffer.concat([spoilt.subarray(0, at), spoilt.subarray(at + length)]);
        break;
      case 5:
        spoilt = Buffer.concat([spoilt.subarray(0, at + length), spoilt.subarray(at)]);
        break;
      case 6: {
        if (spoilt.length < 4) break;
        const number = Buffer.alloc(4);
        const value = oneOf(random, extremes);
        if (random(2) === 0) number.writeUInt32LE(value);
        else number.writeUInt32BE(value);
        number.copy(spoilt, random(spoilt.length - 3));
        break;
      }
      default:
        spoilt = Buffer.concat([spoilt, Buffer.from(Array.from({ length }, () => random(256)))]);
    }
  }
  return spoilt;
}

/** Values that a careless reader trips over. All of them survive JSON or the wire's form of it. */
export const hostileValues = (): unknown[] => [
  ...[null, true, false, 0, -0, 1, -1, 0.5, 1e-320, 1e308, 2 ** 31, 2 ** 53, -(2 ** 53), 2 ** 64],
  ...[NaN, Infinity, -Infinity],
  ...["", " ", "\0", "\u{1F600}", "\uD800", "__proto__", "constructor", "toString", "NaN", "1e999"],
  ...["../../etc/passwd", "..\\..\\x", "C:\\x", "/dev/null", "file:///x", "a".repeat(100_000)],
  ...["<img src=x onerror=1>", "=cmd()", "\u202Egnp", "%00", "'; DROP TABLE runs; --"],
  ...[[], [[]], [null], Array.from({ length: 10_000 }, () => 0), {}, { length: 1e9 }],
  ...[
    JSON.parse('{"__proto__":{"polluted":1}}') as unknown,
    { constructor: { prototype: { polluted: 1 } } },
  ],
  ...[new Uint8Array(3), new Uint8Array(0), { $: "NaN" }, { $bytes: "****" }, nested(500)],
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
}

/** A copy with one to three of its values replaced, removed, doubled, or joined by others. */
export function spoiltValue(random: Random, value: unknown): unknown {
  let spoilt = value;
  for (let changes = random(3) + 1; changes > 0; changes--) spoilt = changedOnce(random, spoilt);
  return spoilt;
}

function changedOnce(random: Random, value: unknown): unknown {
  const isBranch = typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
  if (!isBranch || random(12) === 0) return nearOrHostile(random, value);
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as unknown[])];
    if (items.length === 0) return [oneOf(random, hostileValues())];
    const at = random(items.length);
    switch (random(6)) {
      case 0:
        items.splice(at, 1);
        return items;
      case 1:
        items.splice(at, 0, items[at]);
        return items;
      case 2:
        return Array.from({ length: isSmall(items[at]) ? 3000 : 3 }, () => items[at]);
      default:
        items[at] = changedOnce(random, items[at]);
        return items;
    }
  }
  // Not by assignment: the name __proto__ has to stay a name.
  const entries = Object.entries(value);
  if (entries.length === 0) return Object.fromEntries([hostileEntry(random)]);
  const at = random(entries.length);
  const [key, item] = entries[at] as [string, unknown];
  switch (random(8)) {
    case 0:
      return Object.fromEntries(entries.filter((_, place) => place !== at));
    case 1:
      return Object.fromEntries([...entries, hostileEntry(random)]);
    default:
      return Object.fromEntries(
        entries.map((entry, place) => (place === at ? [key, changedOnce(random, item)] : entry)),
      );
  }
}

const isSmall = (value: unknown): boolean =>
  ["number", "boolean"].includes(typeof value) || (typeof value === "string" && value.length < 100);

const hostileEntry = (random: Random): [string, unknown] => [
  oneOf(random, ["__proto__", "constructor", "toString", "x", "", "id", "kind", "a".repeat(3000)]),
  oneOf(random, hostileValues()),
];

function nearOrHostile(random: Random, value: unknown): unknown {
  if (typeof value === "number" && random(4) > 0)
    return oneOf(random, [
      value + 1,
      value - 1,
      2 * value,
      value / 2,
      -value,
      value * 1e6,
      value / 3,
      String(value),
    ]);
  return oneOf(random, hostileValues());
}
