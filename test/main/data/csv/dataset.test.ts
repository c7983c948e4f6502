import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { firstOfCsv, inspectCsv, openCsv } from "../../../../main/data/csv/dataset.ts";
import { csvSource } from "../../../../main/data/csv/layout.ts";
import type { CsvSource } from "../../../../main/spec/data.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

function fileOf(content: string | Uint8Array, name = "digits.csv"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const cache = () => join(temporaryFolder(), "cache");

const sourceOf = (
  content: string | Uint8Array,
  label: CsvSource["label"] = "first",
): CsvSource => ({
  ...{ kind: "csv", path: fileOf(content), height: 2, width: 2, channels: 1 },
  label,
});

const lines = "3,1,2,3,4\n0,5,6,7,255\n";

async function contentOf(source: CsvSource) {
  const { read, length, labels, classes, close } = await openCsv(source, cache());
  const pixels = await read(Array.from({ length }, (_, i) => i));
  await close();
  return { pixels: [...pixels], labels: labels && [...labels], classes };
}

describe("lines of pixels", () => {
  const expected = { pixels: [1, 2, 3, 4, 5, 6, 7, 255], labels: [3, 0], classes: 4 };

  it.each<[string, string | Uint8Array]>([
    ["plain", lines],
    ["below the names of their columns", `label,p0,p1,p2,p3\n${lines}`],
    ["below names in quotes, the first of them empty", `,"1","2","3","4"\n${lines}`],
    ["with the line ends of Windows", lines.replaceAll("\n", "\r\n")],
    ["without the last line's end", lines.trimEnd()],
    ["with spaces and blank lines", `\n${lines.replaceAll(",", " , ")}\n\n`],
    ["behind a byte order mark", `\ufeff${lines}`],
    ["gzipped", gzipSync(lines)],
  ])("are images with their labels, %s", async (_, content) => {
    expect(await contentOf(sourceOf(content))).toEqual(expected);
  });

  it("may have their label last, or none", async () => {
    expect(await contentOf(sourceOf("1,2,3,4,9\n", "last"))).toMatchObject({
      pixels: [1, 2, 3, 4],
      labels: [9],
    });
    expect(await contentOf(sourceOf("1,2,3,4\n", "none"))).toEqual({
      pixels: [1, 2, 3, 4],
      labels: null,
      classes: 0,
    });
  });

  it("are read once, and anew when the file has changed", async () => {
    const source = sourceOf(lines);
    const folder = cache();
    const counts = async () => (await inspectCsv(source, folder)).classCounts;
    expect(await counts()).toEqual([1, 0, 0, 1]);
    // Other content of the same length and time: only the cache does not see it.
    utimesSync(source.path, 1000, 1000);
    await counts();
    writeFileSync(source.path, lines.replace("3,1", "1,1"));
    utimesSync(source.path, 1000, 1000);
    expect(await counts()).toEqual([1, 0, 0, 1]);
    utimesSync(source.path, 2000, 2000);
    expect(await counts()).toEqual([1, 1]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("leave nothing in the cache when one is wrong, or when they are called off", async () => {
    const folder = cache();
    await expect(inspectCsv(sourceOf(`${lines}oh no`), folder)).rejects.toThrow(/line 3/);
    const controller = new AbortController();
    controller.abort(new Error("enough"));
    const watch = { signal: controller.signal };
    const source = sourceOf(lines);
    await expect(inspectCsv(source, folder, source.path, watch)).rejects.toThrow("enough");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("can be called off though no row ever comes, as of blank lines without end", async () => {
    const source = sourceOf("\n".repeat(2 ** 20));
    const controller = new AbortController();
    const onProgress = () => {
      controller.abort(new Error("enough"));
    };
    const watch = { signal: controller.signal, onProgress };
    await expect(inspectCsv(source, cache(), undefined, watch)).rejects.toThrow("enough");
  });

  it("tell how far they are read, by the bytes of the file", async () => {
    const source = sourceOf(lines);
    const seen: unknown[] = [];
    const onProgress = (progress: unknown) => seen.push(progress);
    await inspectCsv(source, cache(), source.path, { onProgress });
    const total = lines.length;
    expect(seen).toEqual([{ stage: "lines", done: total, total }]);
  });

  it("are counted by class, and shown from the beginning without looking at the rest", async () => {
    const source = sourceOf(lines + "3,9,9,9,9\n");
    expect(await inspectCsv(source, cache())).toEqual({
      ...{ name: "digits", image: { height: 2, width: 2, channels: 1 }, length: 3 },
      classCounts: [1, 0, 0, 2],
    });
    const damaged = sourceOf(`${lines}oh no`);
    const { count, pixels } = await firstOfCsv(damaged, 2);
    expect({ count, pixels: [...pixels] }).toEqual({ count: 2, pixels: expected.pixels });
    await expect(inspectCsv(damaged, cache())).rejects.toThrow(/line 3/);
  });

  it.each([
    ["a word", `${lines}1,2,x,4,5\n`, "data.format", /line 3: column 3 is no whole number/],
    ["a number over 255", `${lines}1,2,3,256,5\n`, "data.format", /line 3: column 4/],
    ["a fraction", `${lines}1,2,3,0.5,5\n`, "data.format", /line 3: column 4/],
    ["a negative number", `${lines}1,-2,3,4,5\n`, "data.format", /line 3: column 2/],
    ["two numbers in one place", `${lines}1 2,3,4,5\n`, "data.format", /line 3: column 1/],
    ["an empty place", `${lines}1,,3,4,5\n`, "data.format", /line 3: column 2/],
    ["too few values", `${lines}1,2\n`, "data.format", /line 3: it has 2 values where 5 values/],
    ["too many values", "1,2,3,4,5,6\n", "data.format", /line 1: it has 6 values/],
    ["names alone", "label,p0\n", "data.empty", /no line of pixels/],
    ["nothing", "", "data.empty", /no line of pixels/],
  ])("with %s are refused by their line", async (_, content, code, message) => {
    const source = sourceOf(content);
    for (const use of [openCsv, inspectCsv]) {
      await expect(use(source, cache())).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message) as string,
      });
    }
  });
});

describe("a file's columns", () => {
  const row = (columns: number) => Array.from({ length: columns }, () => 1).join(",");

  it.each([
    [784, undefined, { height: 28, width: 28, channels: 1, label: "none" }],
    [785, undefined, { height: 28, width: 28, channels: 1, label: "first" }],
    [3072, undefined, { height: 32, width: 32, channels: 3, label: "none" }],
    [3073, undefined, { height: 32, width: 32, channels: 3, label: "first" }],
    [13, { height: 3, width: 4, channels: 1 }, { height: 3, width: 4, label: "first" }],
    [785, { height: 64, width: 64, channels: 3 }, { height: 28, width: 28, channels: 1 }],
  ] as const)("of which there are %i tell the images' size", async (columns, wanted, expected) => {
    expect(await csvSource(fileOf(row(columns)), wanted)).toMatchObject(expected);
  });

  it("tell by their names which is the label", async () => {
    const source = await csvSource(fileOf(`a,b,c,d,"Class"\n${row(5)}`));
    expect(source).toMatchObject({ height: 2, width: 2, label: "last" });
    const either = await csvSource(fileOf(`label,${row(48)}`));
    expect(either).toMatchObject({ height: 4, width: 4, channels: 3, label: "first" });
  });

  it("that make no square are refused", async () => {
    await expect(csvSource(fileOf(row(7)))).rejects.toThrow(/7 columns.*no square/);
    await expect(csvSource(fileOf("\0\0 no text"))).rejects.toThrow(/1 columns|no square/);
  });
});
