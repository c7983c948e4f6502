/**
 * Counter-based random numbers: the same (seed, position) gives the same number on every machine and
 * engine, so a run can be resumed at any step without replaying what came before.
 *
 * The generator is Philox-4x32-10 (Salmon et al., «Parallel random numbers: as easy as 1, 2, 3»,
 * SC 2011). Seeds are scrambled and numbers are laid out as TensorFlow's `StatelessRandomUniform`
 * and `StatelessRandomNormal` do it, so that the native engine and this code draw the same values
 * (uniform: equal bits; normal: equal but for the last bits of log, sin and cos).
 */

/** Two signed 32-bit integers that name a stream. */
export type Seed = readonly [number, number];

const multiplierA = 0xd2511f53;
const multiplierB = 0xcd9e8d57;
const weylA = 0x9e3779b9;
const weylB = 0xbb67ae85;

/** Upper 32 bits of an unsigned 32×32-bit product; JavaScript's numbers hold only 53 bits. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

type Block = Uint32Array<ArrayBuffer>;

/** One block: four 32-bit words for a 128-bit counter under a 64-bit key, written into `out`. */
function block(counter: Block, keyA: number, keyB: number, out: Block): void {
  let a = counter[0] as number;
  let b = counter[1] as number;
  let c = counter[2] as number;
  let d = counter[3] as number;
  for (let round = 0; round < 10; round++) {
    const highA = multiplyHigh(multiplierA, a);
    const lowA = Math.imul(multiplierA, a);
    const highB = multiplyHigh(multiplierB, c);
    const lowB = Math.imul(multiplierB, c);
    a = (highB ^ b ^ keyA) >>> 0;
    b = lowB >>> 0;
    c = (highA ^ d ^ keyB) >>> 0;
    d = lowA >>> 0;
    keyA = (keyA + weylA) >>> 0;
    keyB = (keyB + weylB) >>> 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** Numbers of one block. */
const blockSize = 4;

/**
 * Calls `each` with the blocks that hold `count` words from the `from`-th on, and with the place in these
 * of a block's first word: a negative one where the words begin inside a block.
 */
function forEachBlock(
  seed: Seed,
  from: number,
  count: number,
  each: (words: Block, first: number) => void,
) {
  const words = new Uint32Array(4);
  const counter = new Uint32Array(4);
  // TensorFlow's scrambling: the seed is a counter under a fixed key; its output is key and counter.
  counter.set([seed[0], seed[0] >> 31, seed[1], seed[1] >> 31]);
  block(counter, 0x3ec8f720, 0x02461e29, words);
  const keyA = words[0] as number;
  const keyB = words[1] as number;
  const start = Math.floor(from / blockSize);
  counter.set([start, Math.floor(start / 2 ** 32), words[2] as number, words[3] as number]);
  for (let first = start * blockSize - from; first < count; first += blockSize) {
    block(counter, keyA, keyB, words);
    each(words, first);
    counter[0] = (counter[0] as number) + 1;
    if (counter[0] === 0) counter[1] = (counter[1] as number) + 1;
  }
}

/** The lower 23 bits of a word, a float's mantissa, as a number in [0, 1). */
const toUnit = (word: number): number => (word & 0x7fffff) / 0x800000;

/** `count` numbers of a stream drawn uniformly from [0, 1), from the `from`-th on. */
export function uniform(seed: Seed, count: number, from = 0): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  forEachBlock(seed, from, count, (words, first) => {
    const last = Math.min(blockSize, count - first);
    for (let i = Math.max(0, -first); i < last; i++) values[first + i] = toUnit(words[i] as number);
  });
  return values;
}

/** `count` numbers of a stream from the standard normal distribution (Box and Muller 1958), from the `from`-th on. */
export function normal(seed: Seed, count: number, from = 0): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  forEachBlock(seed, from, count, (words, first) => {
    for (let pair = 0; pair < blockSize; pair += 2) {
      const radius = Math.sqrt(-2 * Math.log(Math.max(toUnit(words[pair] as number), 1e-7)));
      const angle = 2 * Math.PI * toUnit(words[pair + 1] as number);
      const at = first + pair;
      if (at >= 0 && at < count) values[at] = Math.sin(angle) * radius;
      if (at + 1 >= 0 && at + 1 < count) values[at + 1] = Math.cos(angle) * radius;
    }
  });
  return values;
}

/** `count` whole numbers in [0, 2³²). */
export function words(seed: Seed, count: number): Uint32Array<ArrayBuffer> {
  const values = new Uint32Array(count);
  forEachBlock(seed, 0, count, (block, first) => {
    values.set(block.subarray(0, Math.min(blockSize, count - first)), first);
  });
  return values;
}
