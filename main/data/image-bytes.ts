/**
 * Images in memory, taken as they arrive. They are kept in slabs of some megabytes, so that memory
 * grows with what really came and is never copied to grow, nor held twice.
 */

const slabBytes = 4 << 20;

export interface ImageBytes {
  append(bytes: Uint8Array): void;
  /** Copies the images at these places into one array. Throws `RangeError` beyond what came. */
  read(indices: ArrayLike<number>): Uint8Array<ArrayBuffer>;
}

/** `imageBytes`: the length of one image. */
export function createImageBytes(imageBytes: number): ImageBytes {
  // Whole images, so that none lies across two slabs.
  const perSlab = Math.max(1, Math.floor(slabBytes / imageBytes));
  const slabs: Uint8Array[] = [];
  let filled = 0;

  return {
    append(bytes) {
      let from = 0;
      while (from < bytes.length) {
        const at = filled % (perSlab * imageBytes);
        if (at === 0) slabs.push(new Uint8Array(perSlab * imageBytes));
        const slab = slabs.at(-1) as Uint8Array;
        const piece = bytes.subarray(from, from + slab.length - at);
        slab.set(piece, at);
        from += piece.length;
        filled += piece.length;
      }
    },
    read(indices) {
      const images = new Uint8Array(indices.length * imageBytes);
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i] as number;
        if (!(index >= 0 && (index + 1) * imageBytes <= filled)) {
          throw new RangeError(`There is no image ${index}.`);
        }
        const first = (index % perSlab) * imageBytes;
        const slab = slabs[Math.floor(index / perSlab)] as Uint8Array;
        images.set(slab.subarray(first, first + imageBytes), i * imageBytes);
      }
      return images;
    },
  };
}
