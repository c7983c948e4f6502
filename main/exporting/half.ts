/** float32 to float16 (IEEE 754 binary16), rounded to the nearest, ties to even. */
import { Problem } from "../spec/problem.ts";

/** The largest number that float16 holds, and the first that rounds past it. */
const overflow = 65_520;

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The 16 bits of a finite number below the overflow, or of an infinity or NaN. */
function halfBits(value: number): number {
  single[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 112;
  const fraction = word & 0x7fffff;
  if (exponent === 143) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent <= -11) return sign;
  // Below the least normal number the leading 1 is written out and shifted with the rest.
  const whole = exponent > 0 ? (exponent << 23) | fraction : fraction | 0x800000;
  const shift = exponent > 0 ? 13 : 14 - exponent;
  const kept = whole >>> shift;
  const rest = whole & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  // A carry out of the fraction moves into the exponent, as it should.
  const up = rest > middle || (rest === middle && (kept & 1) === 1) ? 1 : 0;
  return sign | (kept + up);
}

/** Throws `export.unsupported` for a number that float16 cannot hold; `name` says where it stands. */
export function toHalf(values: Float32Array, name: string): Uint16Array<ArrayBuffer> {
  const halves = new Uint16Array(values.length);
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    if (Math.abs(value) >= overflow && Number.isFinite(value)) {
      throw new Problem(
        "export.unsupported",
        `${name}: the value ${value.toPrecision(6)} is too large for half precision; export in full precision.`,
      );
    }
    halves[place] = halfBits(value);
  }
  return halves;
}

/** The number that 16 bits stand for. */
function fromHalfBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export function fromHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  for (let place = 0; place < halves.length; place++) {
    values[place] = fromHalfBits(halves[place] as number);
  }
  return values;
}
