/** As many new images as are asked for, a part at a time, so that memory stays flat. */
import type { Client } from "../contract/client.ts";
import type { Payload } from "../contract/commands.ts";
import type { PixelBatch } from "../contract/system.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";

/** Drawn at one go, whatever their size. */
export const atOnce = 4096;

/** Pixels' bytes of a part, and most images of one; each part loads the engine anew. */
const partBytes = 2 ** 25;
const largestPart = 65_536;

/** Images that are handed on at a time: between two lots the work can be called off. */
const lot = 1024;

type Asked = Payload<"runs.generate">;

export interface Watched {
  /** Images that are drawn; of many only. */
  tell: (done: number) => void;
  signal: AbortSignal;
}

/** Images of a seed are the same in whatever parts. Throws the signal's reason. */
export async function* drawnBatches(
  client: Client,
  asked: Asked,
  { tell, signal }: Watched,
): AsyncGenerator<PixelBatch> {
  const calledOff = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });
  // Nobody waits for it once all is drawn.
  calledOff.catch(() => undefined);
  const drawn = (part: Asked) => Promise.race([client.runs.generate(part), calledOff]);
  const { count } = asked;
  if (count <= atOnce) {
    yield await drawn(asked);
    return;
  }
  const { specification } = await client.runs.get({ id: asked.id });
  const fitting = Math.floor(partBytes / sizeOf(shapeOfImage(specification.image)));
  const part = Math.min(largestPart, Math.max(1, fitting));
  for (let first = 0; first < count; first += part) {
    const batch = await drawn({ ...asked, count: Math.min(part, count - first), first });
    tell(first + batch.count);
    for (const some of lotsOf(batch)) {
      signal.throwIfAborted();
      yield some;
    }
  }
}

function* lotsOf(batch: PixelBatch): Generator<PixelBatch> {
  const each = batch.pixels.length / batch.count;
  for (let start = 0; start < batch.count; start += lot) {
    const end = Math.min(batch.count, start + lot);
    const pixels = batch.pixels.subarray(start * each, end * each);
    yield { ...batch, count: end - start, pixels };
  }
}
