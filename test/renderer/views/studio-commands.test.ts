// @vitest-environment node
import { expect, test, vi } from "vitest";
import { presets } from "../../../main/spec/presets.ts";
import { findCommands } from "../../../renderer/commands/command.ts";
import { places } from "../../../renderer/commands/keys.ts";
import { parseRoute } from "../../../renderer/views/routing.ts";
import { addressOf, runCommand, studioCommands } from "../../../renderer/views/studio-commands.ts";
import { exampleRun } from "../examples.ts";

const acts = {
  ...{ goTo: vi.fn(), start: vi.fn(), chooseTheme: vi.fn(), showShortcuts: vi.fn() },
  showHelp: vi.fn(),
};
const commands = studioCommands(acts);
const run = (query: string) => {
  findCommands(query, commands, 1)[0]?.command.run();
};

test("every place that keys lead to has its screen", () => {
  expect(places.map((place) => parseRoute(addressOf[place]).screen)).toEqual([...places]);
});

test("a few letters lead to a screen, a theme, the list of keys", () => {
  run("sett");
  expect(acts.goTo).toHaveBeenLastCalledWith("#/settings");
  run("dark");
  expect(acts.chooseTheme).toHaveBeenLastCalledWith("dark");
  run("keyb");
  expect(acts.showShortcuts).toHaveBeenCalledOnce();
  run("help");
  expect(acts.showHelp).toHaveBeenCalledOnce();
});

test("each preset can be started, by its title or its id", () => {
  for (const preset of presets) {
    run(`Train ${preset.title}`);
    expect(acts.start).toHaveBeenLastCalledWith(preset);
  }
  run("vanilla-mlp");
  expect(acts.start.mock.lastCall?.[0]).toHaveProperty("id", "vanilla-mlp");
});

test("no two commands are the same", () => {
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
});

test("a run's command opens it", () => {
  runCommand(acts.goTo)(exampleRun({ id: "abc" })).run();
  expect(acts.goTo).toHaveBeenLastCalledWith("#/runs/abc");
});
