// @vitest-environment node
import { expect, test } from "vitest";
import { findCommands, piecesOf, type Command } from "../../../renderer/commands/command.ts";

const command = (title: string, keywords?: string): Command => ({
  ...{ id: title, title, group: "Go to", run: () => undefined },
  ...(keywords !== undefined && { keywords }),
});
const all = [command("Runs", "history"), command("Data", "mnist images"), command("Dark theme")];
const titles = (query: string, most = 10) =>
  findCommands(query, all, most).map(({ command: { title } }) => title);

test("without a query all are offered as they came, up to the most that fit", () => {
  expect(titles("")).toEqual(["Runs", "Data", "Dark theme"]);
  expect(titles("  ", 2)).toEqual(["Runs", "Data"]);
});

test("a keyword finds a command, after those whose title fits as well", () => {
  expect(titles("mnist")).toEqual(["Data"]);
  const found = findCommands("im", [...all, command("Improve")], 10);
  expect(found.map(({ command: { title } }) => title)).toEqual(["Improve", "Data"]);
});

test("a title is cut where it was matched", () => {
  expect(piecesOf("Data", [0, 1])).toEqual([
    { text: "Da", isMatch: true },
    { text: "ta", isMatch: false },
  ]);
  expect(piecesOf("Data", [])).toEqual([{ text: "Data", isMatch: false }]);
});
