/** The size that pictures are used at when nobody says one. */
import type { FolderSource } from "../../spec/data.ts";
import { sameShape, shapeOfImage, type ImageShape } from "../../spec/shape.ts";
import { readPicture } from "./archive.ts";
import { fileBytesAtMost, sizeOfPicture } from "./decode.ts";
import type { PictureFile } from "./list.ts";

/** Pictures that are looked at, evenly spread over all. */
const lookedAt = 32;

const handwriting: ImageShape = { height: 28, width: 28, channels: 1 };
const usual: ImageShape = { height: 64, width: 64, channels: 3 };

/** 28×28 grey when the pictures are all so, as far as a few tell, else 64×64 RGB. */
export async function usualSize(pictures: readonly PictureFile[]): Promise<ImageShape> {
  const step = Math.max(1, Math.floor(pictures.length / lookedAt));
  let found = usual;
  for (let at = 0; at < pictures.length; at += step) {
    const picture = pictures[at] as PictureFile;
    // No picture is so large; of an archive it may be a few bytes that grow without end.
    if (picture.bytes > fileBytesAtMost) continue;
    const bytes = await readPicture(picture).catch(() => null);
    const size = bytes && (await sizeOfPicture(bytes));
    if (!size) continue;
    if (!sameShape(shapeOfImage(size), shapeOfImage(handwriting))) return usual;
    found = handwriting;
  }
  return found;
}

/** Whether pictures can be brought to this size. */
export const isFolderSize = ({ height, width }: ImageShape): boolean =>
  [height, width].every((side) => side >= 8 && side <= 256);

export const folderSource = (path: string, image: ImageShape): FolderSource => ({
  ...{ kind: "folder", path, filter: "" },
  ...{ height: image.height, width: image.width, channels: image.channels },
});
