/**
 * What a hand does differently from one digit to the next: which way of writing it takes, how it
 * bends the skeleton, and its pen. A few smooth numbers and a small deviation of each point, so that
 * the digits form a family that can be learned and not noise.
 */
import { normal, uniform, type Seed } from "../../random/philox.ts";
import { glyphs, habits, type Glyph, type Habit } from "./glyphs.ts";

/** Points of a glyph that can deviate on their own; no glyph has more. */
export const pointsAtMost = 32;

export interface Hand {
  glyph: Glyph;
  /** How far each point lies beside its place, x and y in turn. */
  deviations: Float32Array;
  /** Sideways shift for a unit of height, to the right going up. */
  slant: number;
  /** Radians. */
  rotation: number;
  width: number;
  /** How far the middle is pushed sideways, and down. */
  bend: number;
  waist: number;
  /** How far the upper part is pushed to one side and the lower to the other. */
  sway: number;
  /** How much wider the lower half is than the upper. */
  taper: number;
  /** Half the pen's width in pixels, and the width of its soft edge. */
  radius: number;
  softness: number;
  /** Share by which the pen's width changes on the way, and where it begins. */
  pressure: number;
  pressurePhase: number;
  /** Length of the ink's longer side, in pixels. */
  extent: number;
  /** Place of the ink's centre of mass in the image, in pixels. */
  centre: readonly [number, number];
}

function chooseGlyph(ways: readonly Glyph[], draw: number): Glyph {
  let rest = draw * ways.reduce((sum, { weight }) => sum + weight, 0);
  return ways.find(({ weight }) => (rest -= weight) < 0) ?? (ways[0] as Glyph);
}

/**
 * The hand that writes `digit` (0 … 9) under this seed. Spreads were set by comparing slant, width,
 * ink and place of the ink with those of MNIST's digits.
 */
export function handOf(digit: number, seed: Seed): Hand {
  // A stream of its own: in one stream the choice would follow from the first normal number.
  const choices = uniform([~seed[0], seed[1]], 3);
  const [choice, offsetX, offsetY] = [...choices] as [number, number, number];
  const numbers = normal(seed, 13 + 2 * pointsAtMost);
  // Cut, so that no digit is written beyond recognition.
  const n = (index: number) => Math.max(-2.2, Math.min(2.2, numbers[index] as number));
  const habit = habits[digit] as Habit;
  const carelessness = 2.5 * Math.exp(0.35 * n(11));
  return {
    glyph: chooseGlyph(glyphs[digit] as readonly Glyph[], choice),
    deviations: numbers.subarray(13).map((number) => carelessness * number),
    slant: habit.slant + 0.24 * n(0),
    rotation: 0.07 * n(1),
    width: habit.width * Math.exp(0.2 * n(2)),
    bend: 4 * n(3),
    waist: 5.5 * n(4),
    sway: 2.5 * n(12),
    taper: 0.17 * n(5),
    radius: 1.24 * Math.exp(0.27 * n(6)),
    softness: 1.15 + 0.12 * n(9),
    pressure: 0.1 * n(7),
    pressurePhase: 3 * n(8),
    extent: 19.8 + 0.3 * n(10),
    // MNIST moves by whole pixels, which leaves the centre of mass within half a pixel of its place.
    centre: [14 + offsetX, 14 + offsetY],
  };
}
