/** A sheet of images as a file for the person at the page. */
import type { PixelBatch } from "../../main/contract/system.ts";
import { saveFile } from "../shared/save-file.ts";
import { sheetOf } from "../shared/sheet.ts";

/** Small images are enlarged to about this many pixels, each pixel a square. */
const comfortable = 64;

/** A sheet of images as a PNG file. */
export async function saveSheet(name: string, batch: PixelBatch, columns: number): Promise<void> {
  const sheet = sheetOf(batch, Math.min(columns, batch.count), 1);
  const scale = Math.max(1, Math.round(comfortable / Math.max(batch.width, batch.height)));
  const plain = canvasOf(sheet.width, sheet.height);
  const image = new ImageData(sheet.pixels, sheet.width, sheet.height);
  plain.context.putImageData(image, 0, 0);
  const large = canvasOf(sheet.width * scale, sheet.height * scale);
  large.context.imageSmoothingEnabled = false;
  large.context.drawImage(plain.canvas, 0, 0, large.canvas.width, large.canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    large.canvas.toBlob(resolve, "image/png");
  });
  if (!blob) throw new Error("This browser could not make a PNG file of the images.");
  saveFile(name, blob);
}

function canvasOf(width: number, height: number) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw images.");
  return { canvas, context };
}
