// @vitest-environment node
/** A program that cannot be reached for a while, and goes on with its works meanwhile. */
import { expect, test } from "vitest";
import { Problem } from "../../../../main/spec/problem.ts";
import { outlasting } from "../../../../renderer/shared/transport/outlasting.ts";

const unreachable = new Problem("unreachable", "GAN Studio does not answer.");

/** Answers in turn; an error is thrown. */
function asking(answers: readonly unknown[], isOver = () => false) {
  const asked: string[] = [];
  const left = [...answers];
  const ask = outlasting(
    (command) => {
      asked.push(command);
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
    isOver,
    1,
  );
  return { ask, asked };
}

const works = [
  { id: "1", command: "runs.evaluate", payload: { id: "other" }, progress: null },
  { id: "2", command: "runs.evaluate", payload: { id: "run-1" }, progress: null },
];

test("a work is joined again as often as the connection is lost", async () => {
  const { ask, asked } = asking([unreachable, unreachable, { works }, unreachable, { works }, 7]);
  expect(await ask("runs.evaluate", { id: "run-1" })).toBe(7);
  expect(asked).toEqual([
    ...["runs.evaluate", "works.list", "works.list", "works.join", "works.list", "works.join"],
  ]);
});

test("one that was joined is joined by its own id", async () => {
  const { ask, asked } = asking([unreachable, 7]);
  expect(await ask("works.join", { id: "2" })).toBe(7);
  expect(asked).toEqual(["works.join", "works.join"]);
});

test("one that ended meanwhile, or never began, is told so", async () => {
  const { ask } = asking([unreachable, { works: works.slice(0, 1) }]);
  await expect(ask("runs.evaluate", { id: "run-1" })).rejects.toThrow(
    /has ended meanwhile, or never began/,
  );
});

test("what does not last fails at once, and so does all else once nobody listens", async () => {
  const { ask, asked } = asking([unreachable]);
  await expect(ask("runs.pause", { id: "run-1" })).rejects.toBe(unreachable);
  expect(asked).toEqual(["runs.pause"]);
  const over = asking([unreachable], () => true);
  await expect(over.ask("runs.evaluate", { id: "run-1" })).rejects.toBe(unreachable);
});

test("a work that fails is not begun again", async () => {
  const full = new Problem("disk.full", "The disk is full.");
  const { ask } = asking([unreachable, { works }, full]);
  await expect(ask("runs.evaluate", { id: "run-1" })).rejects.toBe(full);
});
