/**
 * One handwritten digit as 28×28 bytes: the skeleton as a hand bends it, drawn with its pen, and
 * placed as in MNIST (LeCun et al. 1998): the longer side of the ink is about 20 pixels, its centre
 * of mass is in the middle.
 */
import type { Seed } from "../../random/philox.ts";
import { appendCurve } from "./curve.ts";
import { handOf, pointsAtMost, type Hand } from "./hand.ts";
import { drawLine } from "./raster.ts";

/** Height and width of a drawn digit in pixels. */
export const digitSize = 28;

/** Distance of the points of a drawn curve, where the digit is 100 high: about a pixel. */
const spacing = 6.5;

/** The movements as the hand bends them, still about 100 high; shared points stay shared. */
function bendMovements(hand: Hand): number[][] {
  const moved = new Map<number, readonly [number, number]>();
  const cosine = Math.cos(hand.rotation);
  const sine = Math.sin(hand.rotation);
  const move = (x: number, y: number): readonly [number, number] => {
    const first = 2 * (moved.size % pointsAtMost);
    const height = (y - 50) / 100;
    const arch = Math.cos(Math.PI * height);
    const deviationX = hand.deviations[first] as number;
    const deviationY = hand.deviations[first + 1] as number;
    const u = ((x - 32) * (1 + 2 * hand.taper * height) + deviationX) * hand.width;
    const v = y - 50 + hand.waist * arch + deviationY;
    const side = hand.bend * arch + hand.sway * Math.sin(2 * Math.PI * height);
    const slanted = u + side - hand.slant * v;
    return [slanted * cosine - v * sine, slanted * sine + v * cosine];
  };
  return hand.glyph.movements.map((movement) => {
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
  /** What to add after scaling, in pixels. */
  right: number;
  down: number;
}

/** The nearest number to `wished` that keeps ink from `low` to `high` one pixel inside the image. */
const inside = (wished: number, low: number, high: number): number =>
  Math.max(1 - low, Math.min(digitSize - 1 - high, wished));

/** Scale and place that put these curves where MNIST has them. */
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
  const scale = (hand.extent - 2 * hand.radius) / Math.max(right - left, bottom - top);
  const edge = hand.radius + hand.softness / 2;
  const [centreX, centreY] = hand.centre;
  const [massX, massY] = [(momentX / mass) * scale, (momentY / mass) * scale];
  return {
    scale,
    right: inside(centreX - massX, left * scale - edge, right * scale + edge),
    down: inside(centreY - massY, top * scale - edge, bottom * scale + edge),
  };
}

/** Half the pen's width after a way: a slow change, and a faster small one. */
const radiusAt = ({ radius, pressure, pressurePhase }: Hand, travelled: number): number =>
  radius *
  (1 +
    pressure * Math.sin(pressurePhase + 0.045 * travelled) +
    0.07 * Math.sin(7 * pressurePhase + 0.19 * travelled));

/**
 * Draws `digit` (0 … 9) into the 28×28 bytes of `pixels` from `offset`, which must be 0. The same
 * seed gives the same bytes.
 */
export function drawDigit(digit: number, seed: Seed, pixels: Uint8Array, offset: number): void {
  const hand = handOf(digit, seed);
  const curves = bendMovements(hand).map((points) => {
    const curve: number[] = [];
    appendCurve(points, spacing, curve);
    return curve;
  });
  const { scale, right, down } = place(curves, hand);
  const column = (index: number, curve: number[]) => (curve[index] as number) * scale + right;
  const row = (index: number, curve: number[]) => (curve[index] as number) * scale + down;
  let travelled = 0;
  for (const curve of curves) {
    for (let i = 2; i < curve.length; i += 2) {
      const line = {
        x0: column(i - 2, curve),
        y0: row(i - 1, curve),
        x1: column(i, curve),
        y1: row(i + 1, curve),
        radius0: radiusAt(hand, travelled),
        radius1: radiusAt(hand, travelled + spacing),
      };
      travelled += spacing;
      drawLine(pixels, offset, digitSize, line, hand.softness);
    }
  }
}
