import { describe, expect, it } from "vitest";
import { sampleNoise, sampleVectors } from "../../../../main/engine/explore/truncation.ts";
import { latentVectors } from "../../../../main/engine/latent.ts";
import { streamSeed } from "../../../../main/random/streams.ts";

const normal = { size: 50, distribution: "normal" } as const;
const plain = (seed: number) => latentVectors(normal, 40, streamSeed(seed, "new samples"));

describe("truncated samples", () => {
  it("are those of the command line where nothing is truncated", () => {
    expect(sampleVectors(normal, 40, 7, null)).toEqual(plain(7));
    expect(sampleVectors(normal, 40, 7, 9)).toEqual(plain(7));
  });

  it("stay within the threshold, and keep what was within it", () => {
    const truncated = sampleVectors(normal, 40, 7, 0.5);
    expect(truncated.every((value) => Math.abs(value) <= 0.5)).toBe(true);
    const kept = [...plain(7).entries()].filter(([, value]) => Math.abs(value) <= 0.5);
    expect(kept.length).toBeGreaterThan(500);
    for (const [place, value] of kept) expect(truncated[place]).toBe(value);
  });

  it("fill the whole range instead of lying at its ends", () => {
    const truncated = sampleVectors(normal, 40, 7, 0.1);
    const atEnds = truncated.filter((value) => Math.abs(Math.abs(value) - 0.1) < 1e-9).length;
    expect(atEnds).toBeLessThan(10);
    const deviation = Math.hypot(...truncated) / Math.sqrt(truncated.length);
    expect(deviation).toBeCloseTo(0.1 / Math.sqrt(3), 2);
  });

  it("leave uniform vectors as they are", () => {
    const uniform = { size: 8, distribution: "uniform" } as const;
    expect(sampleVectors(uniform, 4, 1, 0.2)).toEqual(sampleVectors(uniform, 4, 1, null));
  });
});

it.each([null, 0.1, 1])(
  "samples are the same in whatever parts, truncated at %s or not",
  (limit) => {
    for (const latent of [normal, { size: 7, distribution: "uniform" } as const]) {
      const whole = sampleVectors(latent, 100, 3, limit);
      const noise = sampleNoise(latent, 3, limit);
      noise.skip(31);
      let first = 31;
      for (const count of [1, 60, 8]) {
        const [start, end] = [first * latent.size, (first + count) * latent.size];
        expect(noise.next(count)).toEqual(whole.slice(start, end));
        first += count;
      }
    }
  },
);
