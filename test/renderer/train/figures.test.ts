// @vitest-environment node
import { expect, test } from "vitest";
import { figuresOf, shareDone } from "../../../renderer/train/figures.ts";
import { exampleProgress, exampleRun } from "../examples.ts";

const shown = (...arguments_: Parameters<typeof figuresOf>) =>
  Object.fromEntries(figuresOf(...arguments_).map(({ label, value }) => [label, value]));

test("a live run shows what its session says", () => {
  expect(
    shown(exampleRun(), exampleProgress(300), { generator: 0.41, discriminator: 0.19 }),
  ).toEqual({
    "Epochs done": "2",
    Step: "300",
    Speed: "1,280",
    "Time left": "2 min",
    "Generator loss": "0.41",
    "Discriminator loss": "0.19",
  });
});

test("an ended run shows how long it trained, and dashes for what is over", () => {
  const figures = shown(exampleRun({ status: "finished", seconds: 204 }), null, null);
  expect(figures).toMatchObject({ "Trained for": "3 min", Speed: "–", "Generator loss": "–" });
});

test("there are as many figures in every state, so that nothing moves", () => {
  const run = exampleRun();
  expect(figuresOf(run, null, null).length).toBe(figuresOf(run, exampleProgress(3), null).length);
});

test("the share done follows steps while live, epochs otherwise", () => {
  expect(shareDone(exampleRun(), exampleProgress(710))).toBe(0.5);
  expect(shareDone(exampleRun({ epoch: 2, epochs: 10 }), null)).toBe(0.2);
});
