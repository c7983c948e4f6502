import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { cellOf } from "../../../renderer/gallery/cell.ts";
import Sheet from "../../../renderer/gallery/Sheet.svelte";
import { exampleSample } from "../examples.ts";

function show(index: number | null) {
  const sample = exampleSample(3);
  const [oncell, onpress] = [vi.fn(), vi.fn()];
  const cell = index === null ? null : cellOf(sample, index);
  const image = { height: 28, width: 28, channels: 1 as const };
  const props = {
    sample,
    image,
    address: undefined,
    cell,
    does: "Pins it",
    describedBy: "caption",
    oncell,
    onpress,
  };
  render(Sheet, { props });
  return { oncell, onpress, sheet: screen.getByRole("button") };
}

test("arrow keys choose the first image, then go on from it", async () => {
  const none = show(null);
  await fireEvent.keyDown(none.sheet, { key: "ArrowRight" });
  expect(none.oncell).toHaveBeenCalledWith({ index: 0, column: 0, row: 0 });
});

test("from an image the arrows lead to its neighbour, and leaving gives it up", async () => {
  const { oncell, sheet } = show(5);
  await fireEvent.keyDown(sheet, { key: "ArrowDown" });
  expect(oncell).toHaveBeenCalledWith({ index: 9, column: 1, row: 2 });
  await fireEvent.blur(sheet);
  expect(oncell).toHaveBeenLastCalledWith(null);
});

test("its name tells the image and what a click does", async () => {
  const { onpress, sheet } = show(5);
  expect(sheet.getAttribute("aria-label")).toBe("Generated images, image 6. Pins it");
  await fireEvent.click(sheet);
  expect(onpress).toHaveBeenCalledOnce();
});
