import { describe, expect, it } from "vitest";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../../main/files/safetensors.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { seeded } from "./support/random.ts";

const name = "run/step-000000390.safetensors";
const decode = (bytes: Uint8Array) => decodeSafetensors(bytes, name);

/** A file with this header text, whatever it says. */
function fileOf(
  header: string | Uint8Array,
  data = new Uint8Array(0),
  length?: bigint,
): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

const tensors: Record<string, StoredTensor> = {
  "generator.layer1.kernel": {
    shape: [2, 3],
    values: new Float32Array([0.1, -0, NaN, Infinity, -Infinity, 3.4e38]),
  },
  labels: { shape: [5], values: new Uint8Array([0, 1, 2, 254, 255]) },
  step: { shape: [], values: new Int32Array([-2147483648]) },
  course: { shape: [3], values: new Float64Array([0.1, NaN, 5e-324]) },
  empty: { shape: [0, 7], values: new Float32Array(0) },
  "2": { shape: [1], values: new Float32Array([2]) },
  'größe «x»\n"\\': { shape: [1, 1], values: new Float32Array([1e-45]) },
};

describe("a file whose values stand at odd places", () => {
  it("is read from a Buffer as from any bytes", () => {
    const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const file = fileOf(`${header}${" ".repeat(4 - (header.length % 4))} `, new Uint8Array(4));
    expect(decode(Buffer.from(file)).tensors.a?.values).toEqual(Float32Array.of(0));
  });
});

describe("encodeSafetensors", () => {
  it("gives a file that decodes to the same bits, names, shapes and text", () => {
    const metadata = { step: "390", note: 'line\nquote" «ü» \u{1f600}', "": "" };
    const file = decode(Buffer.concat(encodeSafetensors(tensors, metadata)));
    expect({ ...file.metadata }).toEqual(metadata);
    expect(Object.keys(file.tensors).sort()).toEqual(Object.keys(tensors).sort());
    for (const [key, { shape, values }] of Object.entries(tensors)) {
      const found = file.tensors[key]!;
      expect(found.shape, key).toEqual(shape);
      expect(found.values.constructor, key).toBe(values.constructor);
      expect(
        Buffer.from(found.values.buffer, found.values.byteOffset, found.values.byteLength),
      ).toEqual(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    }
  });

  it("hands out the tensors' own memory instead of copies", () => {
    const [, values] = encodeSafetensors({ a: { shape: [2], values: new Float32Array(2) } }, {});
    const whole = new Float32Array(1000);
    const part = whole.subarray(10, 20);
    const [, piece] = encodeSafetensors({ part: { shape: [10], values: part } }, {});
    expect(values!.byteLength).toBe(8);
    expect(piece!.buffer).toBe(whole.buffer);
    expect([piece!.byteOffset, piece!.byteLength]).toEqual([40, 40]);
  });

  it("pads the header with spaces, so that all values are aligned", () => {
    for (let length = 1; length < 12; length++) {
      const [header] = encodeSafetensors(
        { bytes: { shape: [3], values: new Uint8Array(3) }, ["n".repeat(length)]: tensors["2"]! },
        {},
      );
      expect(header!.length % 8).toBe(0);
      expect(new TextDecoder().decode(header!.subarray(8))).toMatch(/^\{.*\} *$/);
    }
  });

  it("is written without metadata when there is none, and may hold nothing at all", () => {
    const bytes = Buffer.concat(encodeSafetensors({}, {}));
    expect(bytes.subarray(8).toString()).toBe("{}      ");
    expect(Object.keys(decode(bytes).tensors)).toEqual([]);
  });

  it("refuses shapes that do not fit, names that are taken, text that is not Unicode", () => {
    const one = new Float32Array(1);
    const cases: [string, StoredTensor][] = [
      ["a", { shape: [2], values: one }],
      ["a", { shape: [0.5, 2], values: one }],
      ["a", { shape: [-1, -1], values: one }],
      ["a", { shape: [NaN], values: one }],
      ["__metadata__", { shape: [1], values: one }],
      ["\ud800", { shape: [1], values: one }],
    ];
    for (const [key, tensor] of cases) {
      expect.soft(() => encodeSafetensors({ [key]: tensor }, {}), key).toThrow(RangeError);
    }
    expect(() => encodeSafetensors({}, { a: "\udfff" })).toThrow(RangeError);
  });
});

describe("decodeSafetensors", () => {
  const entry = (dtype: string, shape: string, offsets: string) =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
  const bytes8 = new Uint8Array(8);

  it("reads what other writers make: any order of fields and tensors, spaces, escapes", () => {
    const header = ` \t{"b" : { "data_offsets":[4, 8] ,"shape":[1],"dtype":"I32"},\n"\\u0061":${entry("F32", "[ ]", "[0,4]")} } `;
    const file = decode(fileOf(header.trimStart(), new Uint8Array([0, 0, 128, 63, 7, 0, 0, 0])));
    expect(Object.keys(file.tensors)).toEqual(["b", "a"]);
    expect(file.tensors.a).toEqual({ shape: [], values: new Float32Array([1]) });
    expect(file.tensors.b).toEqual({ shape: [1], values: new Int32Array([7]) });
  });

  it("reads values that no view could reach, because they are not aligned", () => {
    const bytes = fileOf(`{"a":${entry("F32", "[1]", "[0,4]")}} `, new Uint8Array([0, 0, 128, 63]));
    for (let shift = 0; shift < 8; shift++) {
      const shifted = new Uint8Array(bytes.length + shift);
      shifted.set(bytes, shift);
      expect(decode(shifted.subarray(shift)).tensors.a!.values).toEqual(new Float32Array([1]));
    }
  });

  it("takes the names of Object's own properties like any others", () => {
    const header = `{"__metadata__":{"__proto__":"m"},"__proto__":${entry("U8", "[8]", "[0,8]")}}`;
    const file = decode(fileOf(header, bytes8));
    expect(Object.keys(file.tensors)).toEqual(["__proto__"]);
    expect(file.tensors.constructor).toBeUndefined();
    expect(Object.entries(file.metadata)).toEqual([["__proto__", "m"]]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  const a = entry("F32", "[2]", "[0,8]");
  const malformed: [string, Uint8Array][] = [
    ["nothing", new Uint8Array(0)],
    ["seven bytes", new Uint8Array(7)],
    ["no header", new Uint8Array(8)],
    ["a header beyond the end", fileOf(`{"a":${a}}`, bytes8, 1000n)],
    ["a header of 2^53 + 1 bytes", fileOf("{}", bytes8, 2n ** 53n + 1n)],
    ["a header of 2^64 − 1 bytes", fileOf("{}", bytes8, 2n ** 64n - 1n)],
    ["a header that is cut", fileOf(`{"a":${a}}`, bytes8, 20n)],
    ["a header that starts with a space", fileOf(` {"a":${a}}`, bytes8)],
    ["a byte order mark", fileOf(`\ufeff{"a":${a}}`, bytes8)],
    ["text that is not UTF-8", fileOf(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))],
    ["a list", fileOf("[]")],
    ["text after the header's end", fileOf(`{"a":${a}}x`, bytes8)],
    ["a second object", fileOf(`{"a":${a}}{}`, bytes8)],
    ["a comma too many", fileOf(`{"a":${a},}`, bytes8)],
    ["a raw line feed in a name", fileOf(`{"a\n":${a}}`, bytes8)],
    ["an unknown escape", fileOf(`{"\\x41":${a}}`, bytes8)],
    ["a name without an end", fileOf(`{"a`)],
    ["a name that ends in a backslash", fileOf(`{"a\\`)],
    ["depth", fileOf(`{"a":${"[".repeat(10_000)}`)],
    ["a tensor that is a number", fileOf(`{"a":1}`)],
    ["a tensor that is null", fileOf(`{"a":null}`)],
    ["an empty tensor entry", fileOf(`{"a":{}}`)],
    ["no shape", fileOf(`{"a":{"dtype":"F32","data_offsets":[0,8]}}`, bytes8)],
    ["an unknown field", fileOf(`{"a":{"x":1,${a.slice(1)}}`, bytes8)],
    ["a field twice", fileOf(`{"a":{"dtype":"F32",${a.slice(1)}}`, bytes8)],
    ["a name twice", fileOf(`{"a":${a},"a":${a}}`, bytes8)],
    ["a name twice, once escaped", fileOf(`{"a":${a},"\\u0061":${a}}`, bytes8)],
    ["a name twice, empty", fileOf(`{"a":${entry("U8", "[0]", "[0,0]")},"a":${a}}`, bytes8)],
    ["an unknown type", fileOf(`{"a":${entry("BF16", "[4]", "[0,8]")}}`, bytes8)],
    ["a type named like a method", fileOf(`{"a":${entry("toString", "[4]", "[0,8]")}}`, bytes8)],
    ["one offset", fileOf(`{"a":${entry("F32", "[2]", "[8]")}}`, bytes8)],
    ["three offsets", fileOf(`{"a":${entry("F32", "[2]", "[0,8,8]")}}`, bytes8)],
    ["offsets in reverse", fileOf(`{"a":${entry("F32", "[2]", "[8,0]")}}`, bytes8)],
    ["a start after the beginning", fileOf(`{"a":${entry("F32", "[1]", "[4,8]")}}`, bytes8)],
    ["an end beyond the file", fileOf(`{"a":${entry("F32", "[4]", "[0,16]")}}`, bytes8)],
    ["bytes after the last tensor", fileOf(`{"a":${a}}`, new Uint8Array(9))],
    ["values without a tensor", fileOf("{}", bytes8)],
    [
      "a hole",
      fileOf(`{"a":${entry("U8", "[2]", "[0,2]")},"b":${entry("U8", "[4]", "[4,8]")}}`, bytes8),
    ],
    [
      "an overlap",
      fileOf(`{"a":${entry("U8", "[6]", "[0,6]")},"b":${entry("U8", "[4]", "[4,8]")}}`, bytes8),
    ],
    ["the same bytes twice", fileOf(`{"a":${a},"b":${a}}`, bytes8)],
    ["a shape too small", fileOf(`{"a":${entry("F32", "[1]", "[0,8]")}}`, bytes8)],
    ["a negative length", fileOf(`{"a":${entry("U8", "[-8]", "[0,8]")}}`, bytes8)],
    ["a fraction", fileOf(`{"a":${entry("F32", "[2.0]", "[0,8]")}}`, bytes8)],
    ["an exponent", fileOf(`{"a":${entry("F32", "[2e0]", "[0,8]")}}`, bytes8)],
    ["a leading zero", fileOf(`{"a":${entry("F32", "[02]", "[0,8]")}}`, bytes8)],
    ["a length that is text", fileOf(`{"a":${entry("F32", '["2"]', "[0,8]")}}`, bytes8)],
    [
      "a product that wraps to 8 in 64 bits",
      fileOf(`{"a":${entry("U8", "[4294967296,4294967296,8]", "[0,8]")}}`, bytes8),
    ],
    ["a length of 2^53", fileOf(`{"a":${entry("U8", "[9007199254740993]", "[0,8]")}}`, bytes8)],
    ["a huge length", fileOf(`{"a":${entry("U8", `[${"9".repeat(400)}]`, "[0,8]")}}`, bytes8)],
    ["metadata that is a number", fileOf(`{"__metadata__":{"a":1}}`)],
    ["metadata that is a list", fileOf(`{"__metadata__":[]}`)],
    ["metadata with a key twice", fileOf(`{"__metadata__":{"a":"1","a":"1"}}`)],
    ["metadata twice", fileOf(`{"__metadata__":{},"__metadata__":{}}`)],
  ];

  it.each(malformed)("refuses %s, naming the file", (_, bytes) => {
    let thrown: unknown;
    try {
      decode(bytes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Problem);
    const problem = thrown as Problem;
    expect(problem.code).toBe("checkpoint.damaged");
    expect(problem.message).toContain(name);
    expect(problem.message.length).toBeLessThan(400);
  });

  it("gives tensors or a Problem, whatever is changed in a file", () => {
    const random = seeded(7);
    const whole = Buffer.concat(encodeSafetensors(tensors, { step: "390" }));
    const headerEnd = 8 + Number(whole.readBigUInt64LE(0));
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 400; round++) {
      let bytes = Uint8Array.from(whole);
      const change = round % 5;
      const place = random(round % 2 === 0 ? headerEnd : whole.length);
      if (change === 0) bytes[place] = random(256);
      if (change === 1) bytes[place]! ^= 1 << random(8);
      if (change === 2) bytes = bytes.slice(0, place);
      if (change === 3) bytes.copyWithin(place, random(headerEnd), random(whole.length));
      if (change === 4) bytes = Uint8Array.from([...bytes, ...bytes.slice(place)]);
      try {
        const file = decode(bytes);
        for (const { shape, values } of Object.values(file.tensors)) {
          expect(shape.reduce((size, length) => size * length, 1)).toBe(values.length);
        }
        outcomes.read++;
      } catch (thrown) {
        if (!(thrown instanceof Problem)) throw thrown;
        expect(thrown.code).toBe("checkpoint.damaged");
        outcomes.refused++;
      }
    }
    expect(outcomes.read).toBeGreaterThan(20);
    expect(outcomes.refused).toBeGreaterThan(150);
  });
});
