/** F4: IDX files of images and of labels, gzipped or not. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { inspectDataset, openDataset } from "../../main/data/open.ts";
import { idxFile } from "../support/idx-file.ts";
import { oneOf, spoiltBytes, type Random } from "./mutate.ts";
import type { Target, TargetKind } from "./target.ts";

const images = idxFile(
  [6, 8, 8],
  Uint8Array.from({ length: 384 }, (_, place) => place % 251),
);
const labels = idxFile([6], Uint8Array.from([0, 1, 2, 0, 1, 2]));
/** Sixteen megabytes of zeros in some kilobytes. */
const bomb = gzipSync(Buffer.concat([images, Buffer.alloc(2 ** 24)]));

const sizes = [0, 1, 5, 6, 7, 0xff, 0x7fffffff, 0x80000000, 0xffffffff];

/** The first byte says what follows: 1 for images gzipped, 2 for labels too; then the lengths. */
function make(random: Random): Uint8Array {
  const spoilt = spoiltFile(random, random(3) === 0 ? labels : images);
  const areImages = random(4) > 0;
  return packed(areImages ? spoilt : images, areImages ? labels : spoilt);
}

function spoiltFile(random: Random, sound: Buffer): Uint8Array {
  switch (random(9)) {
    case 0: {
      const header = Buffer.from(sound);
      header[random(4)] = random(256);
      return header;
    }
    case 1: {
      const header = Buffer.from(sound);
      const rank = sound[3] ?? 1;
      header.writeUInt32BE(oneOf(random, sizes), 4 + 4 * random(rank));
      return random(2) === 0 ? header : gzipSync(header);
    }
    case 2:
      return sound.subarray(0, random(sound.length));
    case 3:
      return Buffer.concat([sound, Buffer.alloc(random(3) + 1)]);
    case 4:
      return spoiltBytes(random, gzipSync(sound));
    case 5: {
      // Several members, of which the later may be none.
      const half = random(sound.length);
      const first = gzipSync(sound.subarray(0, half));
      const rest = gzipSync(sound.subarray(half));
      return Buffer.concat([first, random(2) === 0 ? rest : spoiltBytes(random, rest)]);
    }
    case 6:
      return Buffer.concat([
        gzipSync(sound),
        Buffer.from(Array.from({ length: 9 }, () => random(256))),
      ]);
    case 7:
      return random(20) === 0 ? bomb : gzipSync(spoiltBytes(random, sound));
    default:
      return spoiltBytes(random, sound);
  }
}

function packed(first: Uint8Array, second: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(first.length);
  return Buffer.concat([length, first, second]);
}

function open(folder: string): Promise<Target> {
  const names = ["t-images-idx3-ubyte", "t-labels-idx1-ubyte"] as const;
  return Promise.resolve({
    name: "idx",
    make,
    async attempt(input) {
      const bytes = Buffer.from(input);
      const end = 4 + bytes.readUInt32LE(0);
      const content = [bytes.subarray(4, end), bytes.subarray(end)];
      for (const [place, name] of names.entries())
        writeFileSync(join(folder, name), content[place] ?? "");
      const source = { kind: "idx", path: join(folder, names[0]) } as const;
      const cache = join(folder, "cache");
      try {
        const inspected = await inspectDataset(source, cache);
        const dataset = await openDataset(source, cache);
        try {
          const { height, width, channels } = dataset.image;
          const read = await dataset.read(Uint32Array.of(0, dataset.length - 1));
          if (read.length !== 2 * height * width * channels || inspected.length !== dataset.length)
            throw new Error("a data set that is not what it says");
        } finally {
          await dataset.close();
        }
      } finally {
        for (const name of names) rmSync(join(folder, name), { force: true });
      }
      return "result";
    },
  });
}

export const idx: TargetKind = { name: "idx", open };
