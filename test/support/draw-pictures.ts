/**
 * Draws a folder of small colour pictures, each a disc, a square or a triangle of any colour, size and
 * place on a shaded ground; a folder a shape, so that the shape is the label. The presets for colour
 * pictures are tried on them: `node test/support/draw-pictures.ts FOLDER [COUNT] [SIDE]`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sheetPng } from "../../main/files/png.ts";
import { uniform } from "../../main/random/philox.ts";
import { streamSeed } from "../../main/random/streams.ts";

const shapes = {
  disc: (x: number, y: number) => Math.hypot(x, y) < 1,
  square: (x: number, y: number) => Math.max(Math.abs(x), Math.abs(y)) < 0.85,
  triangle: (x: number, y: number) => y < 0.8 && y > 2 * Math.abs(x) - 1,
};

/** Pixels of a picture of `side`×`side`, RGB bytes; the same `index` gives the same picture. */
function drawn(inside: (x: number, y: number) => boolean, index: number, side: number): Uint8Array {
  const chance = uniform(streamSeed(1, "drawn", index), 11);
  const pick = (place: number) => chance[place] as number;
  const radius = side * (0.18 + 0.2 * pick(0));
  const centre = (place: number) => radius + pick(place) * (side - 2 * radius);
  const [left, top] = [centre(1), centre(2)];
  const pixels = new Uint8Array(side * side * 3);
  for (let place = 0; place < side * side; place++) {
    const [x, y] = [place % side, Math.floor(place / side)];
    const isShape = inside((x + 0.5 - left) / radius, (y + 0.5 - top) / radius);
    for (let channel = 0; channel < 3; channel++) {
      const ground = 40 + 60 * pick(6 + channel) + (70 * y) / side;
      const colour = 90 + 165 * pick(3 + channel);
      pixels[place * 3 + channel] = isShape ? colour : ground;
    }
  }
  return pixels;
}

/** Writes `count` PNG files below `folder`, one folder a shape. */
export async function drawPictures(folder: string, count: number, side: number): Promise<void> {
  const kinds = Object.entries(shapes);
  for (const [name] of kinds) await mkdir(join(folder, name), { recursive: true });
  for (let index = 0; index < count; index++) {
    const [name, inside] = kinds[index % kinds.length] as (typeof kinds)[number];
    const pixels = drawn(inside, index, side);
    const png = await sheetPng({
      pixels,
      count: 1,
      height: side,
      width: side,
      channels: 3,
      columns: 1,
    });
    await writeFile(join(folder, name, `${index.toString().padStart(6, "0")}.png`), png);
  }
}

if (import.meta.main) {
  const [folder, count = "6000", side = "100"] = process.argv.slice(2);
  if (!folder) throw new Error("say which folder to draw into");
  await drawPictures(folder, Number(count), Number(side));
}
