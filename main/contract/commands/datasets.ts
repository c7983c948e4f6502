/** Commands about data sets: the list, what is added, what is downloaded, how they look. */
import * as v from "valibot";
import { augmentationSchema } from "../../spec/augmentation.ts";
import { dataSourceSchema } from "../../spec/data.ts";
import { downloadIds } from "../../spec/downloads.ts";
import { imageShapeSchema } from "../../spec/shape.ts";
import { answers } from "../command.ts";
import type { DatasetInfo, Downloaded, PixelBatch } from "../system.ts";
import { id, name, path, seed, whole } from "../values.ts";

export const datasetCommands = {
  "datasets.list": answers<{ datasets: DatasetInfo[] }>()(v.strictObject({})),
  /** With the files that were left out, and why. */
  "datasets.get": answers<DatasetInfo>()(v.strictObject({ id })),
  /**
   * `source` is a path to an IDX file or a folder that holds one, or pictures, or a ZIP archive of
   * one of these; or `digits`; or a source as specifications have it. `image` is the size that
   * pictures of a path are used at, `filter` what the names of those that are used contain. Answers
   * when it can be trained on; `dataset.preparing` tells how far it is.
   */
  "datasets.add": answers<DatasetInfo>()(
    v.strictObject({
      source: v.union([path, dataSourceSchema]),
      name: v.optional(name),
      image: v.optional(imageShapeSchema),
      filter: v.optional(v.pipe(v.string(), v.maxLength(200))),
    }),
  ),
  /**
   * Calls off what is being added; `source` is what was given to `datasets.add`, of a source as
   * specifications have it the path. Nothing is kept. `cancelled` is false where there was nothing to
   * call off.
   */
  "datasets.cancelAdd": answers<{ cancelled: boolean }>()(v.strictObject({ source: path })),
  /**
   * Takes a data set off the list, with what was downloaded or prepared for it; files of the user's
   * own stay. Refused while a run trains on it.
   */
  "datasets.remove": answers<{ id: string }>()(v.strictObject({ id })),
  /**
   * Fetches a public data set, or what is missing of it, and adds it under its own id. Answers when
   * it can be trained on; `dataset.progress` tells how far it is.
   */
  "datasets.download": answers<Downloaded>()(v.strictObject({ id: v.picklist(downloadIds) })),
  /** What has arrived is kept. `cancelled` is false where nothing was being downloaded. */
  "datasets.cancelDownload": answers<{ cancelled: boolean }>()(
    v.strictObject({ id: v.picklist(downloadIds) }),
  ),
  /** The first images of a data set, as they will be trained on: with `augmentation`, changed by `seed`. */
  "datasets.preview": answers<PixelBatch>()(
    v.strictObject({
      id,
      count: whole(1, 256),
      augmentation: v.optional(augmentationSchema),
      seed: v.optional(seed),
    }),
  ),
};
