import { expect, test } from "vitest";
import {
  findingsSummary,
  findingsText,
  isJudged,
  lookedAt,
  remediesIn,
} from "../../../main/cli/findings-text.ts";
import type { Finding } from "../../../main/spec/doctor/finding.ts";

const finding: Finding = {
  ...{ id: "mode-collapse", name: "Mode collapse", severity: "warning", since: 1200 },
  numbers: "Two generated images differ 8 % as much as two real ones.",
  evidence: { label: "diversity", steps: [1], values: [0.1], threshold: 0.2, beyond: "below" },
  why: "The generator has found one image.",
  remedies: [
    { title: "batches of 256 images", patch: { loop: { batchSize: 256 } }, by: "fork" },
    { title: "minibatch discrimination", patch: {}, by: "start" },
  ],
};

const long = lookedAt(Array.from({ length: 60 }, (_, index) => 1 + 10 * index));
const command = "gan-studio diagnose run-1";

test("a run's page says in a line what was found, and nothing where nothing was", () => {
  expect(findingsSummary([finding], "gan-studio diagnose run-1")).toBe(
    "\nThe Doctor says\nwarning: Mode collapse (since step 1,200). Two generated images differ 8 % as much as two real ones.\n" +
      "Why, and what to try: gan-studio diagnose run-1\n",
  );
  expect(findingsSummary([], "gan-studio diagnose run-1")).toBe("");
});

test("a page of its own says why, and what to try in which order", () => {
  const text = findingsText([finding, finding], long, command);
  expect(text).toMatch(/^Mode collapse \(warning, since step 1,200\)\n/);
  expect(text).toContain("The generator has found one image.\n");
  expect(text).toContain(
    "  1. batches of 256 images\n  2. minibatch discrimination (needs a new run",
  );
  expect(text.match(/Mode collapse/g)).toHaveLength(2);
  // Numbered through, so that a number names one remedy.
  expect(text).toContain("  3. batches of 256 images\n  4. minibatch discrimination");
  expect(remediesIn([finding, finding])[2]?.remedy.title).toBe("batches of 256 images");
  expect(text).toMatch(/\nTo start the first of them: gan-studio diagnose run-1 --try 1\n$/);
  const incurable = findingsText([{ ...finding, remedies: [] }], long, command);
  expect(incurable).not.toContain("--try");
});

test("nothing found is no praise", () => {
  expect(findingsText([], long, command)).toBe(
    "Nothing conspicuous was measured (60 measured steps over 591 steps). That says nothing about how good the images are: see «evaluate».\n",
  );
});

test("a run of a few steps is not called healthy", () => {
  const told = (...steps: number[]) => findingsText([], lookedAt(steps), command);
  expect(told()).toBe("Nothing was measured of this run, so nothing can be said about it.\n");
  expect(told(1)).toBe(
    "1 measured step over 1 step: too few to judge. The first rules need 100 steps, all of them 500.\n",
  );
  expect(told(1, 99)).toContain("too few to judge");
  expect(told(1, 50, 100)).toContain("Some rules judge only after 500 steps.");
  expect([[], [7], [1, 99], [1, 100]].map((steps) => isJudged(lookedAt(steps)))).toEqual([
    ...[false, false, false, true],
  ]);
});
