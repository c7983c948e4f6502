import { expect, test } from "vitest";
import { findingsSummary, findingsText } from "../../../main/cli/findings-text.ts";
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

test("a run's page says in a line what was found, and nothing where nothing was", () => {
  expect(findingsSummary([finding])).toBe(
    "\nThe Doctor says\nwarning: Mode collapse (since step 1,200). Two generated images differ 8 % as much as two real ones.\n",
  );
  expect(findingsSummary([])).toBe("");
});

test("a page of its own says why, and what to try in which order", () => {
  const text = findingsText([finding, finding]);
  expect(text).toMatch(/^Mode collapse \(warning, since step 1,200\)\n/);
  expect(text).toContain("The generator has found one image.\n");
  expect(text).toContain(
    "  1. batches of 256 images\n  2. minibatch discrimination (needs a new run",
  );
  expect(text.match(/Mode collapse/g)).toHaveLength(2);
});

test("nothing found is no praise", () => {
  expect(findingsText([])).toMatch(/^Nothing conspicuous was measured\. That says nothing about/);
});
