/**
 * The noise of new samples as GAN Studio draws it, so that a seed gives the same images in the page:
 * main/random/philox.ts (Salmon et al. 2011) and streams.ts, small instead of fast. The page gets this
 * function's own text, so it must use nothing from outside of itself; a test holds both together.
 */

/** `count` values of a seed. */
export type NoiseOf = (seed: number, count: number) => Float32Array<ArrayBuffer>;

/**
 * @param purpose names the stream
 * @param isNormal the standard normal distribution; else uniform from −1 to 1
 */
export function createNoise(purpose: string, isNormal: boolean): NoiseOf {
  type Words = [number, number, number, number];

  const multiplyHigh = (a: number, b: number): number => Number((BigInt(a) * BigInt(b)) >> 32n);

  function block([a, b, c, d]: Words, keyA: number, keyB: number): Words {
    for (let round = 0; round < 10; round++) {
      const highA = multiplyHigh(0xd2511f53, a);
      const lowA = Math.imul(0xd2511f53, a) >>> 0;
      const highB = multiplyHigh(0xcd9e8d57, c);
      const lowB = Math.imul(0xcd9e8d57, c) >>> 0;
      [a, b, c, d] = [(highB ^ b ^ keyA) >>> 0, lowB, (highA ^ d ^ keyB) >>> 0, lowA];
      keyA = (keyA + 0x9e3779b9) >>> 0;
      keyB = (keyB + 0xbb67ae85) >>> 0;
    }
    return [a, b, c, d];
  }

  function mix(a: number, b: number): number {
    let hash = Math.imul(a, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
    return (hash ^ (hash >>> 16)) | 0;
  }

  let name = 0x811c9dc5;
  for (const character of purpose) name = mix(name, character.codePointAt(0) ?? 0);

  const unit = (word: number): number => (word & 0x7fffff) / 0x800000;

  return (seed, count) => {
    const key = mix(seed, name);
    const start: Words = [key >>> 0, (key >> 31) >>> 0, 0, 0];
    const [keyA, keyB, third, fourth] = block(start, 0x3ec8f720, 0x02461e29);
    const values = new Float32Array(count);
    for (let first = 0; first < count; first += 4) {
      const words = block([first / 4, 0, third, fourth], keyA, keyB);
      words.forEach((word, i) => {
        if (first + i >= count) return;
        const pair = i < 2 ? [words[0], words[1]] : [words[2], words[3]];
        const radius = Math.sqrt(-2 * Math.log(Math.max(unit(pair[0] as number), 1e-7)));
        const angle = 2 * Math.PI * unit(pair[1] as number);
        const turned = i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
        values[first + i] = isNormal ? turned * radius : 2 * unit(word) - 1;
      });
    }
    return values;
  };
}
