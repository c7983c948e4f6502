/** Digit-like pixels for the preview: strokes on a canvas, clearer the longer a run has trained. */
import type { PixelBatch } from "../../../main/contract/system.ts";

const size = 28;
const strokes: number[][][] = [
  [[0.5, 0.18, 0.72, 0.3, 0.74, 0.6, 0.5, 0.84, 0.28, 0.66, 0.28, 0.34, 0.5, 0.18]],
  [[0.4, 0.28, 0.54, 0.18, 0.52, 0.84]],
  [[0.3, 0.32, 0.48, 0.18, 0.7, 0.3, 0.62, 0.5, 0.3, 0.82, 0.74, 0.8]],
  [[0.3, 0.22, 0.6, 0.2, 0.62, 0.4, 0.44, 0.48, 0.66, 0.58, 0.6, 0.8, 0.3, 0.8]],
  [
    [0.36, 0.2, 0.3, 0.56, 0.72, 0.54],
    [0.62, 0.28, 0.58, 0.86],
  ],
  [[0.7, 0.2, 0.38, 0.2, 0.34, 0.46, 0.62, 0.46, 0.68, 0.68, 0.48, 0.84, 0.3, 0.76]],
  [[0.62, 0.18, 0.38, 0.44, 0.32, 0.7, 0.52, 0.84, 0.68, 0.68, 0.52, 0.52, 0.36, 0.64]],
  [[0.28, 0.22, 0.72, 0.2, 0.5, 0.52, 0.42, 0.86]],
  [[0.52, 0.5, 0.32, 0.36, 0.5, 0.18, 0.68, 0.34, 0.34, 0.66, 0.5, 0.84, 0.68, 0.68, 0.52, 0.5]],
  [[0.66, 0.36, 0.48, 0.2, 0.34, 0.36, 0.5, 0.48, 0.66, 0.36, 0.62, 0.64, 0.54, 0.86]],
];

/** Numbers in [0, 1) that are the same each time. */
export function randomFrom(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function drawDigit(context: CanvasRenderingContext2D, digit: number, seed: number): void {
  const random = randomFrom(seed);
  const jitter = (amount: number) => (random() - 0.5) * amount;
  context.save();
  context.lineWidth = 2.2 + random();
  context.lineCap = context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.translate(size / 2, size / 2);
  context.rotate(jitter(0.35));
  context.translate(-size / 2, -size / 2);
  for (const stroke of strokes[digit] ?? []) {
    context.beginPath();
    for (let i = 0; i < stroke.length; i += 2)
      context.lineTo(
        (stroke[i] ?? 0) * size + jitter(1.6),
        (stroke[i + 1] ?? 0) * size + jitter(1.6),
      );
    context.stroke();
  }
  context.restore();
}

/** A sheet of `count` digits; `clarity` from 0 (noise) to 1. */
function drawSheet(count: number, columns: number, seed: number, clarity: number) {
  const canvas = document.createElement("canvas");
  canvas.width = columns * size;
  canvas.height = Math.ceil(count / columns) * size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser has no canvas.");
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < count; i += 1) {
    context.save();
    context.translate((i % columns) * size, Math.floor(i / columns) * size);
    drawDigit(context, (i * 7 + seed) % 10, seed * 1000 + i);
    context.restore();
  }
  const random = randomFrom(seed + clarity * 1000);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < image.data.length; i += 4) {
    const grey = (image.data[i] ?? 0) * clarity + random() * 160 * (1 - clarity);
    image.data.set([grey, grey, grey, 255], i);
  }
  context.putImageData(image, 0, 0);
  return { canvas, context };
}

export async function pngOfDigits(count: number, columns: number, seed: number, clarity: number) {
  const { canvas } = drawSheet(count, columns, seed, clarity);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}

export function pixelsOfDigits(count: number, seed: number): PixelBatch {
  const { canvas, context } = drawSheet(count, 1, seed, 1);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = Uint8Array.from({ length: count * size * size }, (_, i) => data[i * 4] ?? 0);
  return { count, height: size, width: size, channels: 1, pixels };
}
