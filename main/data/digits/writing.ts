/**
 * One handwritten digit: a way to write it is chosen, bent as a hand bends it, drawn with a pen of
 * some width, and placed as in MNIST (LeCun et al. 1998): the longer side of the ink is about 20 of
 * 28 pixels, the centre of mass is in the middle. All that varies is a smooth change of few numbers,
 * so that the digits form a family that can be learned and not noise.
 */
import { normal, uniform, type Seed } from "../../random/philox.ts";
import { appendCurve } from "./curve.ts";
import { glyphs, type Glyph } from "./glyphs.ts";
import { drawLine, type Line } from "./raster.ts";

/** Height and width of a drawn digit in pixels. */
export const digitSize = 28;

/** What a hand does differently from one digit to the next; 1 is the usual spread. */
interface Hand {
  /** Standard normal numbers for the points' own deviations, two a point. */
  deviations: Float32Array;
  slant: number;
  rotation: number;
  width: number;
  /** Bends the upright axis sideways. */
  bend: number;
  /** Makes the upper part higher than the lower or the reverse. */
  waist: number;
  /** Makes the upper part wider than the lower or the reverse. */
  taper: number;
  /** Half the pen's width in pixels, and how it changes on the way. */
  radius: number;
  pressure: number;
  pressurePhase: number;
  softness: number;
  /** Length of the ink's longer side in pixels. */
  extent: number;
}

const pointsAtMost = 48;

function chooseGlyph(ways: readonly Glyph[], draw: number): Glyph {
  let rest = draw * ways.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = ways.find(({ weight }) => (rest -= weight) < 0);
  return chosen ?? (ways[0] as Glyph);
}

function drawHand(seed: Seed): Hand {
  const numbers = normal(seed, 16 + 2 * pointsAtMost);
  const n = (index: number) => Math.max(-2.2, Math.min(2.2, numbers[index] as number));
  return {
    deviations: numbers.subarray(16),
    slant: 0.2 + 0.24 * n(0),
    rotation: 0.08 * n(1),
    width: Math.exp(0.04 + 0.2 * n(2)),
    bend: 4 * n(3),
    waist: 5.5 * n(4),
    taper: 0.17 * n(5),
    radius: 1.25 * Math.exp(0.26 * n(6)),
    pressure: 0.1 * n(7),
    pressurePhase: 3 * n(8),
    softness: 1.15 + 0.12 * n(9),
    extent: 19.7 + 0.35 * n(10),
  };
}

/** The movements as the hand bends them, still 100 high; shared points stay shared. */
function bendMovements(glyph: Glyph, hand: Hand): number[][] {
  const moved = new Map<number, readonly [number, number]>();
  const cosine = Math.cos(hand.rotation);
  const sine = Math.sin(hand.rotation);
  const move = (x: number, y: number): readonly [number, number] => {
    const number = 2 * (moved.size % pointsAtMost);
    const jitter = (axis: number) => 3.4 * (hand.deviations[number + axis] as number);
    const height = (y - 50) / 100;
    const arch = Math.cos(Math.PI * height);
    const u = ((x - 32) * (1 + 2 * hand.taper * height) + jitter(0)) * hand.width;
    const v = y - 50 + hand.waist * arch + jitter(1);
    const slanted = u + hand.bend * arch - hand.slant * v;
    return [slanted * cosine - v * sine, slanted * sine + v * cosine];
  };
  return glyph.movements.map((movement) => {
    const points: number[] = [];
    for (let i = 0; i < movement.length; i += 2) {
      const [x, y] = [movement[i] as number, movement[i + 1] as number];
      const key = x * 1000 + y;
      const point = moved.get(key) ?? move(x, y);
      moved.set(key, point);
      points.push(...point);
    }
    return points;
  });
}

interface Placing {
  scale: number;
  /** Where the ink's centre of mass lies before scaling. */
  x: number;
  y: number;
}

/** Scale and centre of mass that put these curves where MNIST has them. */
function place(curves: readonly (readonly number[])[], hand: Hand): Placing {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  let [mass, momentX, momentY] = [0, 0, 0];
  for (const curve of curves) {
    for (let i = 0; i < curve.length; i += 2) {
      const [x, y] = [curve[i] as number, curve[i + 1] as number];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (i === 0) continue;
      const [beforeX, beforeY] = [curve[i - 2] as number, curve[i - 1] as number];
      const length = Math.hypot(x - beforeX, y - beforeY);
      mass += length;
      momentX += (length * (x + beforeX)) / 2;
      momentY += (length * (y + beforeY)) / 2;
    }
  }
  const longer = Math.max(right - left, bottom - top, 1);
  const scale = (hand.extent - 2 * hand.radius) / longer;
  return { scale, x: momentX / Math.max(mass, 1e-9), y: momentY / Math.max(mass, 1e-9) };
}

/**
 * Draws `digit` (0 … 9) into the 28×28 bytes of `pixels` from `offset`, which must be 0. The same
 * seed gives the same bytes.
 */
export function drawDigit(digit: number, seed: Seed, pixels: Uint8Array, offset: number): void {
  const [choice = 0] = uniform(seed, 1);
  const glyph = chooseGlyph(glyphs[digit] ?? [], choice);
  const hand = drawHand([seed[0] ^ 0x5bd1e995, seed[1]]);
  const curves = bendMovements(glyph, hand).map((points) => {
    const curve: number[] = [];
    appendCurve(points, 5, curve);
    return curve;
  });
  const { scale, x, y } = place(curves, hand);
  const radiusAt = (travelled: number) =>
    hand.radius *
    (1 +
      hand.pressure * Math.sin(hand.pressurePhase + travelled * 0.045) +
      0.07 * Math.sin(hand.pressurePhase * 7 + travelled * 0.19));
  let travelled = 0;
  for (const curve of curves) {
    for (let i = 2; i < curve.length; i += 2) {
      const line: Line = {
        x0: digitSize / 2 + ((curve[i - 2] as number) - x) * scale,
        y0: digitSize / 2 + ((curve[i - 1] as number) - y) * scale,
        x1: digitSize / 2 + ((curve[i] as number) - x) * scale,
        y1: digitSize / 2 + ((curve[i + 1] as number) - y) * scale,
        radius0: radiusAt(travelled),
        radius1: radiusAt(travelled + 5),
      };
      travelled += 5;
      drawLine(pixels, offset, digitSize, line, hand.softness);
    }
  }
}
