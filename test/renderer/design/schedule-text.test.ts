// @vitest-environment node
import { expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { scheduleText } from "../../../renderer/design/schedule-text.ts";

const { generator } = presetOf("lsgan-dc").specification.optimizers;

test("a schedule is told in words, one epoch in the singular", () => {
  const text = (schedule: typeof generator.schedule) => scheduleText({ ...generator, schedule });
  expect(text({ kind: "constant" })).toBe("The same in all epochs");
  expect(text({ kind: "linear", endFactor: 0, epochs: 1 })).toBe("in a line to × 0 over 1 epoch");
  expect(text({ kind: "multiStep", factor: 0.5, milestones: [20, 50] })).toBe(
    "× 0.5 after epochs 20, 50",
  );
});
