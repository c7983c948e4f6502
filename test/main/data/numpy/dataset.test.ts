import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstOfNpy, inspectNpy, openNpy } from "../../../../main/data/numpy/dataset.ts";
import { encodeNpy } from "../../../../main/files/npy.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const pixels = Uint8Array.from({ length: 3 * 2 * 2 * 3 }, (_, i) => i * 5);
const valid = encodeNpy({ count: 3, height: 2, width: 2, channels: 3, pixels });

function fileOf(content: Uint8Array): string {
  const path = join(temporaryFolder(), "faces.npy");
  writeFileSync(path, content);
  return path;
}

/** A file as NumPy writes it, with any header. */
function npy(dictionary: string, data: Uint8Array, version = 1): Buffer {
  const start = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, "latin1");
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUInt16LE(dictionary.length);
  return Buffer.concat([start, length, Buffer.from(dictionary, "latin1"), data]);
}

const described = (type: string, shape: string, order = "False") =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe("a NumPy file", () => {
  it("is a data set that is read where it lies", async () => {
    const { read, close, ...facts } = await openNpy(fileOf(valid));
    const image = { height: 2, width: 2, channels: 3 };
    expect(facts).toEqual({ name: "faces", image, length: 3, classes: 0, labels: null });
    expect(await read([2, 0])).toEqual(
      new Uint8Array([...pixels.subarray(24, 36), ...pixels.subarray(0, 12)]),
    );
    await expect(read([3])).rejects.toThrow(RangeError);
    await close();
  });

  it("without channels is grey, in any version of the format", async () => {
    for (const version of [1, 2, 3]) {
      const file = npy(described("|u1", "(2, 2, 3)"), new Uint8Array(12), version);
      expect(await inspectNpy(fileOf(file))).toMatchObject({
        length: 2,
        image: { height: 2, width: 3, channels: 1 },
      });
    }
  });

  it("shows its first images", async () => {
    const path = fileOf(valid);
    expect((await firstOfNpy(path, 2)).pixels).toEqual(pixels.slice(0, 24));
    expect((await firstOfNpy(path, 50)).count).toBe(3);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["that is cut off", valid.subarray(0, -1), /cut off.*3 images \(36 bytes\), but 35 bytes/],
    ["that goes on", Buffer.concat([valid, Buffer.alloc(2)]), /goes on.*but 38 bytes/],
    ["cut in its header", valid.subarray(0, 40), /ends inside its header/],
    ["cut in its preamble", valid.subarray(0, 9), /ends inside its header/],
    ["of something else", Buffer.from("hello"), /not a NumPy file/],
    ["of a new version", npy(described("|u1", "(1, 2, 2)"), new Uint8Array(4), 9), /version 9/],
    ["of floats", npy(described("<f4", "(1, 2, 2)"), new Uint8Array(16)), /«<f4».*uint8/],
    ["of objects", npy(described("|O", "(1, 2, 2)"), new Uint8Array(16)), /«\|O»/],
    ["of records", npy("{'descr': [('a', '|u1')], 'shape': (1,)}", pixels), /no plain array/],
    ["in Fortran's order", npy(described("|u1", "(1, 2, 2)", "True"), pixels), /Fortran/],
    ["of one row", npy(described("|u1", "(36,)"), pixels), /array of 36; images are/],
    ["of one value", npy(described("|u1", "()"), new Uint8Array(1)), /one value/],
    ["with channels first", npy(described("|u1", "(1, 3, 3, 4)"), pixels), /4 channels.*transpose/],
    ["of huge images", npy(described("|u1", "(1, 99999, 2)"), pixels), /99999×2/],
    ["with a lie", npy(described("|u1", "(9999999999999, 2, 2)"), pixels), /cut off/],
    ["with a header without end", npy("x".repeat(60_000), pixels), /60,000 bytes/],
    ["of no images", npy(described("|u1", "(0, 2, 2)"), new Uint8Array(0)), /0 images/],
  ])("%s is refused with its name", async (_, content, message) => {
    const path = fileOf(content);
    for (const use of [openNpy, inspectNpy]) {
      await expect(use(path)).rejects.toThrow(message);
      await expect(use(path)).rejects.toThrow(path);
    }
  });

  it("that is no file, or not there, is refused", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a.npy"));
    await expect(openNpy(join(folder, "a.npy"))).rejects.toMatchObject({ code: "data.format" });
    await expect(openNpy(join(folder, "b"))).rejects.toMatchObject({ code: "data.missing" });
  });

  it("that is cut off while it is read is a clear failure", async () => {
    const path = fileOf(valid);
    const { read, close } = await openNpy(path);
    truncateSync(path, valid.length - 20);
    await expect(read([2])).rejects.toMatchObject({ code: "data.missing" });
    await close();
  });
});
