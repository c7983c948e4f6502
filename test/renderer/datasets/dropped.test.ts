// @vitest-environment node
import { expect, test } from "vitest";
import { droppedPath } from "../../../renderer/datasets/dropped.ts";

const file = (name: string) => ({ name }) as File;
const pathOf = ({ name }: File) => (name === "selection" ? "" : `/home/ada/${name}`);

test("the desktop app knows where one dropped file or folder lies", () => {
  expect(droppedPath([file("photos")], pathOf)).toEqual({ kind: "path", path: "/home/ada/photos" });
});

test("a browser does not, and says what to do instead", () => {
  expect(droppedPath([file("photos")], undefined)).toMatchObject({
    kind: "refused",
    text: /«photos».*Type its path/,
  });
});

test("several files, or a picture that lies in no file, are refused; words are ignored", () => {
  expect(droppedPath([file("a"), file("b")], pathOf)).toMatchObject({ text: /Drop the folder/ });
  expect(droppedPath([file("selection")], pathOf)).toMatchObject({ text: /Save it first/ });
  expect(droppedPath([], pathOf)).toBeNull();
});
