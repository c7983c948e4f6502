/**
 * The images of a data set nearest to a given one: every image compared, by the squared distance of
 * bytes. What it leaves out: an image moved by one pixel is far away here, however alike it looks.
 */

export interface Neighbour {
  /** Place in the data set. */
  index: number;
  /** Sum of the squared differences of all bytes. */
  distance: number;
}

/** Values that are summed before asking whether it is already too far. */
const stride = 64;

/** The squared distance, or anything above `limit` where it is more than that. */
function squaredDistance(
  probe: Uint8Array,
  block: Uint8Array,
  from: number,
  limit: number,
): number {
  let sum = 0;
  for (let start = 0; start < probe.length && sum <= limit; start += stride) {
    const end = Math.min(probe.length, start + stride);
    for (let i = start; i < end; i++) {
      const difference = (probe[i] as number) - (block[from + i] as number);
      sum += difference * difference;
    }
  }
  return sum;
}

/**
 * The nearest `count` after also looking at `block`, nearest first.
 *
 * @param found what was nearest so far, nearest first
 * @param block images of the probe's size, one after the other; `first` is the place of the first one
 * @param except a place to leave out: the probe itself, where it is one of them
 */
export function nearestWith(
  found: readonly Neighbour[],
  probe: Uint8Array,
  block: Uint8Array,
  { first, count, except = -1 }: { first: number; count: number; except?: number },
): Neighbour[] {
  const nearest = [...found];
  const images = Math.floor(block.length / probe.length);
  for (let image = 0; image < images; image++) {
    const index = first + image;
    if (index === except) continue;
    const limit = nearest.length < count ? Infinity : (nearest.at(-1)?.distance ?? Infinity);
    const distance = squaredDistance(probe, block, image * probe.length, limit);
    if (distance >= limit) continue;
    const place = nearest.findIndex((other) => distance < other.distance);
    nearest.splice(place === -1 ? nearest.length : place, 0, { index, distance });
    if (nearest.length > count) nearest.pop();
  }
  return nearest;
}
