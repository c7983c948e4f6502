import { describe, expect, it } from "vitest";
import { augmentBatch } from "../../../../main/data/augment/augment.ts";
import { uniform } from "../../../../main/random/philox.ts";
import { streamSeed } from "../../../../main/random/streams.ts";
import type { AffineAugmentation } from "../../../../main/spec/augmentation.ts";
import type { ImageShape } from "../../../../main/spec/shape.ts";

const nothing: AffineAugmentation = {
  kind: "affine",
  flip: false,
  rotation: 0,
  smallest: 1,
  largest: 1,
  translation: 0,
  background: "black",
};
const seed = streamSeed(1, "augment", 3);

const noise = (image: ImageShape, count: number) =>
  Uint8Array.from(uniform([5, 6], image.height * image.width * image.channels * count), (value) =>
    Math.floor(value * 256),
  );

const grey = { height: 6, width: 5, channels: 1 } as const;
const colour = { height: 4, width: 7, channels: 3 } as const;

const imagesOf = (bytes: Uint8Array, size: number): string[] =>
  Array.from({ length: bytes.length / size }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size).join(),
  );

/** The image as rows of pixels, flipped and moved in the slow and obvious way. */
function moved(bytes: Uint8Array, right: number, down: number, background: "black" | "edge") {
  const { height, width } = grey;
  return Uint8Array.from(bytes, (_, at) => {
    const [x, y] = [(at % width) - right, Math.floor(at / width) - down];
    const isInside = x >= 0 && x < width && y >= 0 && y < height;
    if (!isInside && background === "black") return 0;
    const row = Math.max(0, Math.min(height - 1, y));
    return bytes[row * width + Math.max(0, Math.min(width - 1, x))]!;
  });
}

describe("an augmented batch", () => {
  it("is the same array where nothing is asked for", () => {
    const bytes = noise(grey, 2);
    expect(augmentBatch(bytes, grey, { kind: "none" }, seed)).toBe(bytes);
  });

  it.each([grey, colour])("keeps every byte when all changes are zero", (image) => {
    const bytes = noise(image, 3);
    for (const background of ["black", "edge"] as const) {
      expect(augmentBatch(bytes, image, { ...nothing, background }, seed)).toEqual(bytes);
    }
  });

  it("leaves the data set's own bytes as they are", () => {
    const bytes = noise(grey, 4);
    const before = bytes.slice();
    augmentBatch(bytes, grey, { ...nothing, flip: true, rotation: 90, translation: 2 }, seed);
    expect(bytes).toEqual(before);
  });

  it("follows from the seed alone, image by image", () => {
    const bytes = noise(colour, 8);
    const all = { ...nothing, flip: true, rotation: 30, smallest: 0.8, largest: 1.2 };
    const first = augmentBatch(bytes, colour, all, seed);
    expect(augmentBatch(bytes, colour, all, seed)).toEqual(first);
    expect(augmentBatch(bytes, colour, all, streamSeed(1, "augment", 4))).not.toEqual(first);
    const half = bytes.subarray(0, bytes.length / 2);
    expect(augmentBatch(half, colour, all, seed)).toEqual(first.subarray(0, half.length));
  });

  it.each([grey, colour])("mirrors about half of the images when flipping, exactly", (image) => {
    const count = 400;
    const size = image.height * image.width * image.channels;
    const bytes = noise(image, count);
    const rows = image.width;
    const mirrored = Uint8Array.from(bytes, (_, at) => {
      const channel = at % image.channels;
      const pixel = Math.floor(at / image.channels);
      const place = pixel - (pixel % rows) + (rows - 1 - (pixel % rows));
      return bytes[place * image.channels + channel]!;
    });
    const changed = imagesOf(augmentBatch(bytes, image, { ...nothing, flip: true }, seed), size);
    const [before, flipped] = [imagesOf(bytes, size), imagesOf(mirrored, size)];
    const flips = changed.filter((text, i) => text === flipped[i]).length;
    expect(changed.filter((text, i) => text === before[i]).length).toBe(count - flips);
    expect(flips).toBeGreaterThan(160);
    expect(flips).toBeLessThan(240);
  });

  it.each(["black", "edge"] as const)("moves by whole pixels in front of %s", (background) => {
    const count = 200;
    const bytes = noise(grey, count);
    const size = grey.height * grey.width;
    const settings = { ...nothing, translation: 1, background };
    const changed = imagesOf(augmentBatch(bytes, grey, settings, seed), size);
    const seen = new Set<string>();
    for (const [i, text] of changed.entries()) {
      const image = bytes.subarray(i * size, (i + 1) * size);
      const ways = [-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => [right, down] as const));
      const way = ways.find(
        ([right, down]) => moved(image, right, down, background).join() === text,
      );
      expect(way).toBeDefined();
      seen.add(way!.join());
    }
    expect(seen.size).toBe(9);
  });

  it("turns a straight line by no more than was asked for, to both sides", () => {
    const square = { height: 41, width: 41, channels: 1 } as const;
    const size = 41 * 41;
    const count = 100;
    // A vertical line; where its upper end comes to lie tells the angle.
    const bytes = Uint8Array.from({ length: size * count }, (_, at) => (at % 41 === 20 ? 255 : 0));
    const changed = augmentBatch(bytes, square, { ...nothing, rotation: 20 }, seed);
    const angles = Array.from({ length: count }, (_, i) => {
      const row = changed.subarray(i * size + 41 * 5, i * size + 41 * 6);
      const mass = row.reduce((sum, value) => sum + value, 0);
      const centre = row.reduce((sum, value, x) => sum + value * (x - 20), 0) / mass;
      return (Math.atan2(centre, 15) * 180) / Math.PI;
    });
    expect(Math.max(...angles)).toBeLessThan(20.5);
    expect(Math.min(...angles)).toBeGreaterThan(-20.5);
    expect(Math.max(...angles)).toBeGreaterThan(17);
    expect(Math.min(...angles)).toBeLessThan(-17);
  });

  it("makes images larger and smaller around their centre", () => {
    const square = { height: 20, width: 20, channels: 1 } as const;
    const isInside = (place: number) => Math.abs(place - 9.5) < 4;
    const bytes = Uint8Array.from({ length: 400 }, (_, at) =>
      isInside(at % 20) && isInside(Math.floor(at / 20)) ? 200 : 0,
    );
    const areaAt = (scale: number) =>
      augmentBatch(bytes, square, { ...nothing, smallest: scale, largest: scale }, seed).reduce(
        (sum, value) => sum + value / 200,
        0,
      );
    expect(areaAt(2)).toBeCloseTo(4 * 64, 0);
    expect(areaAt(0.5)).toBeCloseTo(64 / 4, 0);
  });

  it("invents no brightness: values stay between those of the image", () => {
    const bytes = noise(colour, 50).map((value) => 100 + (value % 50));
    const settings = {
      ...nothing,
      rotation: 180,
      smallest: 0.25,
      largest: 4,
      background: "edge",
    } as const;
    const changed = augmentBatch(bytes, colour, settings, seed);
    expect(Math.min(...changed)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...changed)).toBeLessThanOrEqual(149);
  });

  it("takes what is no larger than a pixel, and far moves", () => {
    const dot = { height: 1, width: 1, channels: 1 } as const;
    const all = { ...nothing, rotation: 180, smallest: 0.25, largest: 4, translation: 256 };
    const edge = augmentBatch(Uint8Array.of(77), dot, { ...all, background: "edge" }, seed);
    expect([...edge]).toEqual([77]);
    expect([...augmentBatch(Uint8Array.of(77), dot, all, seed)]).toEqual([0]);
  });
});
