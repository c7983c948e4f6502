/**
 * A data set's images at the size and with the channels that a preset is made for, so that presets for
 * colour pictures can be watched on digits: nearest pixels, and for colour three images as red, green and
 * blue, which makes them as varied as a thousand kinds of pictures.
 */
import type { Dataset } from "../../../main/data/dataset.ts";
import { sameShape, shapeOfImage, type ImageShape } from "../../../main/spec/shape.ts";

/** Which image is laid under another, as an offset: a prime, so that classes are mixed. */
const apart = 7919;

/** The same data set where it fits already. */
export function resizedTo(image: ImageShape): (dataset: Dataset) => Dataset {
  return (dataset) => {
    const from = dataset.image;
    if (sameShape(shapeOfImage(from), shapeOfImage(image))) return dataset;
    const { height, width, channels } = image;
    const place = (row: number, column: number, channel: number): number => {
      const y = Math.floor((row * from.height) / height);
      const x = Math.floor((column * from.width) / width);
      return (y * from.width + x) * from.channels + (channel % from.channels);
    };
    const layer = async (indices: ArrayLike<number>, channel: number) =>
      dataset.read(Array.from(indices, (index) => (index + channel * apart) % dataset.length));
    return {
      ...dataset,
      image,
      labels: null,
      classes: 0,
      async read(indices) {
        const size = height * width * channels;
        const sourceSize = from.height * from.width * from.channels;
        const pixels = new Uint8Array(indices.length * size);
        for (let channel = 0; channel < channels; channel++) {
          const source = await layer(indices, channel);
          for (let i = 0; i < indices.length; i++) {
            for (let row = 0; row < height; row++) {
              for (let column = 0; column < width; column++) {
                pixels[i * size + (row * width + column) * channels + channel] = source[
                  i * sourceSize + place(row, column, channel)
                ] as number;
              }
            }
          }
        }
        return pixels;
      },
    };
  };
}
