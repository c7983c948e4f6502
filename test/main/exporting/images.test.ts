import sharp from "sharp";
import { expect, it } from "vitest";
import { timeLapseFile } from "../../../main/exporting/images.ts";
import { sheetPng } from "../../../main/files/png.ts";

const sheet = (value: number, side: number) =>
  sheetPng({
    ...{ count: 1, columns: 1, height: side, width: side, channels: 1 },
    pixels: new Uint8Array(side * side).fill(value),
  });

it("a time-lapse shows every sheet, and the last one longest", async () => {
  const { content } = await timeLapseFile([10, 20, 30], (value) => sheet(value, 200), "gif");
  const { pages, delay } = await sharp(content, { animated: true }).metadata();
  expect({ pages, delay }).toEqual({ pages: 3, delay: [200, 200, 1400] });
});

it("a time-lapse leaves out sheets that are lost, and is of none where all are", async () => {
  const read = (value: number) => (value === 2 ? sheet(value, 200) : Promise.resolve(null));
  const { content } = await timeLapseFile([1, 2, 3], read, "gif");
  expect((await sharp(content, { animated: true }).metadata()).pages).toBe(1);
  await expect(timeLapseFile([1, 3], read, "gif")).rejects.toMatchObject({ code: "run.state" });
});

it("a time-lapse of more sheets than memory holds takes some evenly, and reads no other", async () => {
  const file = sheet(7, 4000);
  const read: number[] = [];
  const sheets = Array.from({ length: 1000 }, (_, index) => index);
  const enough = new Error("enough");
  const untilThree = (index: number) => (read.push(index) < 3 ? file : Promise.reject(enough));
  await expect(timeLapseFile(sheets, untilThree, "webp")).rejects.toBe(enough);
  // Of 48 MB each, five fit: the newest tells their size.
  expect(read).toEqual([999, 0, 250]);
});

it("a time-lapse of no sheets is refused", async () => {
  await expect(timeLapseFile([], () => sheet(0, 1), "gif")).rejects.toMatchObject({
    code: "run.state",
  });
});
