import { describe, expect, it } from "vitest";
import { nearestWith } from "../../../../main/engine/explore/nearest.ts";
import { words } from "../../../../main/random/philox.ts";

const size = 100;
const images = Uint8Array.from(words([3, 4], 50 * size), (word) => word % 256);
const image = (index: number) => images.subarray(index * size, (index + 1) * size);

function distance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}

describe("the nearest images", () => {
  it("are those with the least squared distance, also when they come in blocks", () => {
    const probe = image(0).map((value) => 255 - value);
    const all = Array.from({ length: 50 }, (_, index) => ({
      index: index + 7,
      distance: distance(probe, image(index)),
    })).sort((a, b) => a.distance - b.distance);
    let found = nearestWith([], probe, images.subarray(0, 20 * size), { first: 7, count: 5 });
    found = nearestWith(found, probe, images.subarray(20 * size), { first: 27, count: 5 });
    expect(found).toEqual(all.slice(0, 5));
  });

  it("begin with the image itself, unless its place is left out", () => {
    const at = { first: 0, count: 2 };
    expect(nearestWith([], image(9), images, at)[0]).toEqual({ index: 9, distance: 0 });
    const others = nearestWith([], image(9), images, { ...at, except: 9 });
    expect(others.map(({ index }) => index)).not.toContain(9);
  });

  it("are fewer where there are fewer", () => {
    expect(
      nearestWith([], image(0), images.subarray(0, size), { first: 0, count: 5 }),
    ).toHaveLength(1);
    expect(nearestWith([], image(0), new Uint8Array(0), { first: 0, count: 5 })).toEqual([]);
  });
});
