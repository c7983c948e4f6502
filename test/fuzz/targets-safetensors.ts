/** F3: safetensors files, sound ones spoilt and headers written to deceive. */
import { decodeSafetensors, encodeSafetensors } from "../../main/files/safetensors.ts";
import { hostileValues, oneOf, spoiltBytes, spoiltValue, type Random } from "./mutate.ts";
import type { TargetKind } from "./target.ts";

const tensors = {
  "generator.0.kernel": { shape: [3, 4], values: new Float32Array(12).fill(0.5) },
  "generator.0.kernel/m": { shape: [3, 4], values: new Float32Array(12) },
  "discriminator/updates": { shape: [], values: new Float32Array([2]) },
  labels: { shape: [5], values: new Int32Array(5) },
  bytes: { shape: [2, 1, 3], values: new Uint8Array(6) },
  wide: { shape: [1], values: new Float64Array(1) },
};
const sound = Buffer.concat(
  encodeSafetensors(tensors, { format: "gan-studio-checkpoint", step: "2" }),
);
const headerLength = Number(sound.readBigUInt64LE(0));
const header = sound.toString("utf8", 8, 8 + headerLength).trimEnd();
const data = sound.subarray(8 + headerLength);

const lengths = [0n, 1n, 7n, 100_000_001n, 2n ** 31n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];

/** Texts for a place where a number stands. */
const numbers = ["-1", "1.5", "1e3", "01", "9007199254740993", "18446744073709551616", '"4"', "[]"];

function withHeader(text: string, rest: Uint8Array = data, length?: bigint): Uint8Array {
  const bytes = Buffer.from(text);
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length ?? BigInt(bytes.length));
  return Buffer.concat([start, bytes, rest]);
}

function make(random: Random): Uint8Array {
  switch (random(9)) {
    case 0:
      return withHeader(header, data, oneOf(random, lengths));
    case 1: {
      const places = [...header.matchAll(/\d+/g)];
      const { index, 0: digits } = oneOf(random, places);
      const other = random(2) === 0 ? oneOf(random, numbers) : String(random(64));
      return withHeader(header.slice(0, index) + other + header.slice(index + digits.length));
    }
    case 2: {
      // Two of one name, of a tensor or of a field.
      const part = oneOf(random, [
        ...header.matchAll(/"[^"]+":(?:\{[^{}]*\}|\[[^\]]*\]|"[^"]*")/g),
      ]);
      return withHeader(header.replace(part[0], `${part[0]},${part[0]}`));
    }
    case 3: {
      const parsed = JSON.parse(header) as unknown;
      const text = JSON.stringify(spoiltValue(random, parsed)) as string | undefined;
      return withHeader(text ?? "undefined");
    }
    case 4:
      return withHeader(
        `${"[".repeat(random(100_000))}${JSON.stringify(oneOf(random, hostileValues()))}`,
      );
    case 5:
      return withHeader(header, Buffer.concat([data, Buffer.alloc(random(40) + 1)]));
    case 6:
      return withHeader(header, data.subarray(random(data.length)));
    case 7: {
      const name = JSON.stringify(
        oneOf(random, ["__proto__", "constructor", "a".repeat(50_000), "\0"]),
      );
      return withHeader(header.replace('"labels"', name));
    }
    default:
      return spoiltBytes(random, sound);
  }
}

export const safetensors: TargetKind = {
  name: "safetensors",
  open: () =>
    Promise.resolve({
      name: "safetensors",
      make,
      attempt(input) {
        const { tensors: read } = decodeSafetensors(input, "case.safetensors");
        for (const { shape, values } of Object.values(read)) {
          const size = shape.reduce((product, length) => product * length, 1);
          if (size !== values.length) throw new Error("a shape that does not fit its values");
        }
        return Promise.resolve("result" as const);
      },
    }),
};
