/**
 * Draws the app's icon (renderer/icon.svg) in all sizes and in the containers that systems want, into resources/.
 * Run it after the drawing was changed: `node scripts/draw-icons.mjs`. What it writes is kept in the repository, since
 * packaging would otherwise fetch a program for it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { projectRoot } from "./setup/places.mjs";

const drawing = readFileSync(join(projectRoot, "renderer", "icon.svg"));
const resources = join(projectRoot, "resources");

/** @param {number} size @returns {Promise<Buffer>} a PNG file */
const draw = (size) =>
  sharp(drawing, { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();

/**
 * Windows' container. A size of 256 is written as 0.
 * @param {{ size: number, png: Buffer }[]} images
 */
function ico(images) {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** The names that Apple's container has for PNG images of these sizes. */
const appleNames = new Map([
  [16, "icp4"],
  [32, "icp5"],
  [64, "icp6"],
  [128, "ic07"],
  [256, "ic08"],
  [512, "ic09"],
  [1024, "ic10"],
]);

/** @param {{ size: number, png: Buffer }[]} images */
function icns(images) {
  const blocks = images.flatMap(({ size, png }) => {
    const name = appleNames.get(size);
    return name ? [block(name, png)] : [];
  });
  return block("icns", Buffer.concat(blocks));
}

/** @param {string} name @param {Buffer} content */
function block(name, content) {
  const header = Buffer.alloc(8);
  header.write(name, "latin1");
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}

const images = await Promise.all(
  [16, 24, 32, 48, 64, 128, 256, 512, 1024].map(async (size) => ({ size, png: await draw(size) })),
);
mkdirSync(join(resources, "icons"), { recursive: true });
for (const { size, png } of images.filter(({ size }) => size <= 512)) {
  writeFileSync(join(resources, "icons", `${size}x${size}.png`), png);
}
writeFileSync(join(resources, "icon.ico"), ico(images.filter(({ size }) => size <= 256)));
writeFileSync(join(resources, "icon.icns"), icns(images));
