/** Which images a run trains on, as data. Images are always scaled from bytes to [−1, 1]. */
import * as v from "valibot";
import { augmentationSchema } from "./augmentation.ts";
import { imageShapeSchema, type ImageShape } from "./shape.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const side = v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(256));

const folderSourceSchema = v.strictObject({
  /**
   * The PNG, JPEG, WebP and BMP files in a folder and below it, or in a ZIP archive. Each is brought
   * to the size: scaled to fill it with its proportions kept, then cut at the middle.
   */
  kind: v.literal("folder"),
  path,
  /** Only files whose name contains this are used; "" for all. Capital letters count. */
  filter: v.pipe(v.string(), v.maxLength(200)),
  height: side,
  width: side,
  /** 1 (grey) or 3 (RGB); pictures are converted. */
  channels: v.picklist([1, 3]),
});

const csvSourceSchema = v.strictObject({
  /** A text file, gzipped or not: one line an image, its values from 0 to 255 between commas. */
  kind: v.literal("csv"),
  path,
  ...imageShapeSchema.entries,
  /** Which column holds the class, beside the pixels. */
  label: v.picklist(["first", "last", "none"]),
});

const stackedSourceSchema = v.strictObject({
  /** Three grey images of an IDX file or folder, drawn at random, as red, green and blue. */
  kind: v.literal("stacked"),
  path,
  /** Images that are made. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff)),
});

export const dataSourceSchema = v.variant("kind", [
  v.strictObject({
    /** The handwriting-like digits that the project draws itself. */
    kind: v.literal("digits"),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
    seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff)),
  }),
  v.strictObject({
    /** One IDX file of images, gzipped or not, or a folder that holds one (with its labels). */
    kind: v.literal("idx"),
    path,
  }),
  folderSourceSchema,
  csvSourceSchema,
  stackedSourceSchema,
  v.strictObject({
    /** A NumPy archive (.npz) of such an array and, where there is one, another of labels. */
    kind: v.literal("npz"),
    path,
  }),
  v.strictObject({
    /** A NumPy file (.npy) of bytes: count × height × width, or × channels after it. */
    kind: v.literal("npy"),
    path,
  }),
]);

export const dataSchema = v.strictObject({
  source: dataSourceSchema,
  /** Images to leave out at the start. */
  offset: count,
  /** How many of the following to train on at most; null for all. */
  training: v.nullable(v.pipe(count, v.minValue(1))),
  /** How many after those are kept aside for validation at most. */
  validation: count,
  shuffle: v.boolean(),
  /** Changes to the images that are trained on, drawn anew at each use. */
  augmentation: augmentationSchema,
});

export type DataSource = v.InferOutput<typeof dataSourceSchema>;
export type FolderSource = v.InferOutput<typeof folderSourceSchema>;
export type CsvSource = v.InferOutput<typeof csvSourceSchema>;
export type StackedSource = v.InferOutput<typeof stackedSourceSchema>;
export type DataSettings = v.InferOutput<typeof dataSchema>;

/** Whether both are the same pictures, at whatever size each uses them. */
export const isSameFolder = (a: DataSource, b: DataSource): boolean =>
  a.kind === "folder" && b.kind === "folder" && a.path === b.path && a.filter === b.filter;

/** The digits that every preset starts from. */
export const builtInDigits: DataSource = {
  kind: "digits",
  count: 20_000,
  seed: 1,
};

/** Size of their images. */
export const digitsImage: ImageShape = { height: 28, width: 28, channels: 1 };

export interface Split {
  training: { start: number; count: number };
  validation: { start: number; count: number };
}

/**
 * Divides `length` images as the settings ask. A data set that is too small for both parts is
 * divided in the same proportion; without a training count, validation gets at most a fifth.
 */
export function splitOf(settings: DataSettings, length: number): Split {
  const available = Math.max(0, length - settings.offset);
  const wanted = settings.training;
  const parts =
    wanted === null
      ? {
          validation: Math.min(settings.validation, Math.floor(available / 5)),
          training: available,
        }
      : scaled(wanted, settings.validation, available);
  const training = Math.min(parts.training, available - parts.validation);
  return {
    training: { start: settings.offset, count: training },
    validation: { start: settings.offset + training, count: parts.validation },
  };
}

function scaled(training: number, validation: number, available: number) {
  const scale = Math.min(1, available / (training + validation));
  const kept = Math.floor(validation * scale);
  return { training: Math.min(training, available - kept), validation: kept };
}
