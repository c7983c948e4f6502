import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstOfNpz, inspectNpz, openNpz } from "../../../../main/data/numpy/npz.ts";
import { resolveSource } from "../../../../main/data/resolve.ts";
import { encodeNpy } from "../../../../main/files/npy.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";

const pixels = Uint8Array.from({ length: 12 }, (_, i) => i * 3);
const images = encodeNpy({ count: 3, height: 2, width: 2, channels: 1, pixels });

const at = (folder: string) => ({ folder, cache: join(temporaryFolder(), "cache") });

function labels(values: readonly number[], type = "<i8"): Uint8Array {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${values.length},), }`;
  const start = Buffer.from(
    `\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`,
    "latin1",
  );
  return Buffer.concat([start, new Uint8Array(BigInt64Array.from(values, BigInt).buffer)]);
}

function bytes(values: readonly number[]): Uint8Array {
  const wide = Buffer.from(labels(values, "|i1"));
  return Buffer.concat([wide.subarray(0, -8 * values.length), Uint8Array.from(values)]);
}

function fileOf(files: Record<string, Uint8Array>, changes: Partial<ZippedFile> = {}): string {
  const path = join(temporaryFolder(), "mnist.npz");
  const entries = Object.entries(files).map(([name, content]) => ({ name, content, ...changes }));
  writeFileSync(path, zipFile(entries));
  return path;
}

describe("a NumPy archive", () => {
  it.each([
    ["x_train.npy", "y_train.npy", 8],
    ["images.npy", "labels.npy", 0],
  ])("gives the images and labels of %s and %s", async (x, y, method) => {
    const files = { "x_test.npy": images, [y]: labels([2, 0, 2]), [x]: images };
    const path = fileOf(files, { method });
    const { read, labels: found, ...facts } = await openNpz(path);
    expect(facts).toMatchObject({ name: "mnist", length: 3, classes: 3 });
    expect([...(found ?? [])]).toEqual([2, 0, 2]);
    expect(await read([0, 1, 2])).toEqual(pixels);
    expect((await inspectNpz(path)).classCounts).toEqual([1, 0, 2]);
    expect((await firstOfNpz(path, 2)).pixels).toEqual(pixels.slice(0, 8));
    expect(await resolveSource(path, at("/"))).toEqual({ kind: "npz", path });
  });

  it("of one array has no labels, whatever its name", async () => {
    const path = fileOf({ "labels.npy": images });
    expect(await inspectNpz(path)).toMatchObject({ length: 3, classCounts: [] });
  });

  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    ["of unknown names", { "a.npy": images, "b.npy": images }, /\(a, b\).*usual name/],
    ["of cut images", { "x.npy": images.subarray(0, -1) }, /x\.npy: it has another length/],
    ["of no array", { "x.npy": Buffer.from("hello") }, /x\.npy: it is not a NumPy file/],
    ["of no images", { "x.npy": labels([1]) }, /x\.npy: it holds an array of 1/],
    ["of too few labels", { "x.npy": images, "y.npy": labels([1]) }, /y\.npy.*3 labels/],
    ["of high labels", { "x.npy": images, "y.npy": labels([1, 2, 256]) }, /from 0 to 255/],
    ["of negative labels", { "x.npy": images, "y.npy": labels([1, 2, -1]) }, /from 0 to 255/],
    ["of negative bytes", { "x.npy": images, "y.npy": bytes([1, 2, -1]) }, /from 0 to 255/],
    ["of other labels", { "x.npy": images, "y.npy": labels([1, 2, 3], "<f8") }, /whole numbers/],
  ])("%s is refused with the array's name", async (_, files, message) => {
    const path = fileOf(files);
    await expect(openNpz(path)).rejects.toThrow(message);
    await expect(inspectNpz(path)).rejects.toMatchObject({ code: "data.format" });
  });

  it("that would grow without end is not unpacked", async () => {
    const path = fileOf({ "x.npy": images }, { claimed: { bytes: 2 ** 30 } });
    await expect(inspectNpz(path)).rejects.toThrow(/x\.npy: it would grow from .* to 1\.0 GiB/);
  });

  it("that is damaged is refused with its name", async () => {
    const path = fileOf({ "x.npy": images }, { claimed: { crc: 7 } });
    await expect(openNpz(path)).rejects.toThrow(/mnist\.npz, x\.npy: it is damaged/);
  });
});
