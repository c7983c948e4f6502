// @vitest-environment node
import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { Command } from "../../../renderer/commands/command.ts";
import { Palette } from "../../../renderer/commands/palette.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleRun } from "../examples.ts";

const command = (id: string, title: string): Command => ({
  ...{ id, title, group: "Go to", run: () => undefined },
});
const commands = [command("data", "Data"), command("dark", "Dark theme")];

function setUp(list: Handlers["runs.list"]) {
  const transport = createFakeTransport({ "runs.list": list });
  const commandOf = ({ id, name }: { id: string; name: string }) => command(id, name);
  return { transport, palette: new Palette(createStudio(transport), commands, commandOf) };
}

const titles = (palette: Palette) => palette.found.map(({ command: { title } }) => title);

test("the newest runs stand after the commands, and any run is found by name", async () => {
  const old = exampleRun({ id: "old", name: "Overnight" });
  const { palette } = setUp(({ search }) => ({
    runs: search ? [old] : [exampleRun()],
    total: 1,
  }));
  await palette.lookUp();
  expect(titles(palette)).toEqual(["Data", "Dark theme", "First digits"]);
  palette.type("overn");
  await palette.lookUp();
  expect(titles(palette)).toEqual(["Overnight"]);
});

test("the answer to an earlier query is not taken for the later one", async () => {
  const answers: ((names: string[]) => void)[] = [];
  const { palette } = setUp(
    () =>
      new Promise((resolve) => {
        answers.push((names) => {
          resolve({ runs: names.map((name) => exampleRun({ id: name, name })), total: 1 });
        });
      }),
  );
  const first = palette.lookUp();
  const second = palette.lookUp();
  answers[1]?.(["second"]);
  answers[0]?.(["first"]);
  await Promise.all([first, second]);
  expect(titles(palette)).toEqual(["Data", "Dark theme", "second"]);
});

test("runs that cannot be listed leave the commands", async () => {
  const { palette } = setUp(() => {
    throw new Error("gone");
  });
  await palette.lookUp();
  expect(titles(palette)).toEqual(["Data", "Dark theme"]);
});

test("the choice moves around the ends and starts anew with each letter", () => {
  const { palette } = setUp(() => ({ runs: [], total: 0 }));
  palette.move(-1);
  expect(palette.chosen?.command.id).toBe("dark");
  palette.move(1);
  expect(palette.place).toBe(0);
  palette.choose(1);
  palette.type("d");
  expect(palette.place).toBe(0);
  palette.type("xyz");
  palette.move(1);
  expect(palette.chosen).toBeNull();
});
