/**
 * From the bytes of one picture to the pixels of one training image. What a file is, its first bytes
 * decide, so that no other decoder is ever reached. Scaled with Lanczos's filter (a = 3) to fill the
 * size, then cut at the middle; a picture of that size keeps its exact values. What is transparent
 * becomes white; 16 bits become 8; a turned photograph is set upright; of an animation, the first.
 */
import sharp, { type Sharp } from "sharp";
import type { ImageShape } from "../../spec/shape.ts";
import { decodeBmp, tooManyPixels } from "./bmp.ts";

/** A larger file is hardly one picture. */
export const fileBytesAtMost = 128 * 1024 ** 2;

/** Room for the photographs of any camera; decoded, it is 192 MiB. */
const pixelsAtMost = 2 ** 26;

type Format = "PNG" | "JPEG" | "WebP" | "BMP";

/** Pixels in row, column, channel order, or the reason why there are none. */
export type Decoded = { pixels: Uint8Array } | { reason: string };

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Buffer.from(text, "latin1").equals(bytes.subarray(at, at + text.length));

function formatOf(bytes: Uint8Array): Format | null {
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "PNG";
  if (startsWith(bytes, "\xff\xd8\xff")) return "JPEG";
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return "WebP";
  return startsWith(bytes, "BM") ? "BMP" : null;
}

const foreign = "it is not a PNG, JPEG, WebP or BMP picture, whatever its name says";

function pictureOf(bytes: Uint8Array): Sharp | string {
  const format = formatOf(bytes);
  if (bytes.length === 0) return "it is empty";
  if (format === null) return foreign;
  if (format !== "BMP") return sharp(bytes, { failOn: "error", limitInputPixels: pixelsAtMost });
  const picture = decodeBmp(bytes, pixelsAtMost);
  if (typeof picture === "string") return picture;
  const { width, height, pixels } = picture;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Never throws for what the bytes are. */
export async function decodePicture(bytes: Uint8Array, image: ImageShape): Promise<Decoded> {
  const { height, width, channels } = image;
  const picture = pictureOf(bytes);
  if (typeof picture === "string") return { reason: picture };
  try {
    const { data, info } = await picture
      .autoOrient()
      .flatten({ background: "white" })
      .resize({ width, height, fit: "cover", kernel: "lanczos3" })
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels === channels && data.length === height * width * channels) {
      return { pixels: data };
    }
    return { reason: `its colours are of an unusual kind (${info.channels} channels)` };
  } catch (thrown) {
    return { reason: await damageOf(bytes, thrown) };
  }
}

async function damageOf(bytes: Uint8Array, thrown: unknown): Promise<string> {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (!message.includes("exceeds pixel limit")) return "it is cut off or damaged";
  const claimed = await sizeOfPicture(bytes);
  return claimed ? tooManyPixels(claimed.width, claimed.height) : "it is too large to decode";
}

/** What a picture's header claims; null when it is none that can be read. */
export async function sizeOfPicture(bytes: Uint8Array): Promise<ImageShape | null> {
  const format = formatOf(bytes);
  if (format === null || format === "BMP") return null;
  try {
    const picture = sharp(bytes, { limitInputPixels: false });
    const { width, height, space } = await picture.metadata();
    return { height, width, channels: space === "b-w" || space === "grey16" ? 1 : 3 };
  } catch {
    return null;
  }
}
