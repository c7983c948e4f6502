/** How a file's columns are an image and its label, judged by its first line. */
import type { CsvSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { shapeOfImage, sizeOf, type ImageShape } from "../../spec/shape.ts";
import { withContent } from "../content.ts";

/** A longer first line belongs to no file of pixels. */
const lineAtMost = 32 * 1024 ** 2;

const isLabel = (name: string | undefined): boolean =>
  /^\W*(label|class|target|y)\W*$/i.test(name ?? "");

/** Square images, grey before RGB; null when no square has so many values. */
function squareOf(values: number): ImageShape | null {
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(values / channels);
    if (Number.isInteger(side) && side >= 2 && side <= 1024)
      return { height: side, width: side, channels };
  }
  return null;
}

/**
 * The source for a file of pixels: of the size `wanted` when the columns fit it, else square. A
 * column more than pixels is the label: the last if it is named so, else the first. Throws
 * `data.missing` or `data.format`.
 */
export async function csvSource(path: string, wanted?: ImageShape): Promise<CsvSource> {
  const names = (await firstLine(path)).split(",");
  const labelled = isLabel(names.at(-1)) ? "last" : "first";
  const columns = names.length;
  const fits = wanted ? columns - sizeOf(shapeOfImage(wanted)) : -1;
  const plain = squareOf(columns);
  const withLabel = squareOf(columns - 1);
  // 9,409 columns are 97×97 in grey, or a label and 56×56 in RGB.
  const isNamed = isLabel(names[0]) || isLabel(names.at(-1));
  const square = isNamed ? (withLabel ?? plain) : (plain ?? withLabel);
  const image = wanted && (fits === 0 || fits === 1) ? wanted : square;
  if (!image) {
    throw new Problem(
      "data.format",
      `${path}: it has ${columns.toLocaleString("en")} columns, which are the pixels of no square image, with or without a label. ` +
        "One line an image is wanted: a label, then its pixels from 0 to 255.",
    );
  }
  const { height, width, channels } = image;
  const hasLabel = columns !== sizeOf(shapeOfImage(image));
  return { kind: "csv", path, height, width, channels, label: hasLabel ? labelled : "none" };
}

function firstLine(path: string): Promise<string> {
  return withContent(path, async ({ pieces }) => {
    const line: Uint8Array[] = [];
    let length = 0;
    for await (const piece of pieces) {
      const end = piece.indexOf(0x0a);
      line.push(end < 0 ? piece : piece.subarray(0, end));
      length += piece.length;
      if (end >= 0 || length > lineAtMost) break;
    }
    return Buffer.concat(line).toString("latin1").trim();
  });
}
