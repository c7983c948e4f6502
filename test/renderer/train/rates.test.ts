// @vitest-environment node
import { expect, test } from "vitest";
import { formatRate, marksOf, ratesNow } from "../../../renderer/train/rates.ts";
import { exampleDetail } from "../examples.ts";

const event = (kind: string, step: number, detail = "") => ({ at: 1, kind, step, detail });

test("small rates keep their digits", () => {
  expect([0.0002, 5e-7, 0, 0.012345].map(formatRate)).toEqual(["0.0002", "5e−7", "0", "0.0123"]);
  expect(formatRate(Number.NaN)).toBe("–");
});

test("the rates that hold are the specification's until an event changes one", () => {
  const detail = exampleDetail();
  const { generator, discriminator } = detail.specification.optimizers;
  expect(ratesNow(detail).generator).toBe(generator.learningRate);
  const events = [event("learning rates", 9, "generator 0.5"), event("paused", 10)];
  expect(ratesNow({ ...detail, events })).toEqual({
    generator: 0.5,
    discriminator: discriminator.learningRate,
  });
});

test("charts mark changed rates and where a run was resumed, in order, and nothing else", () => {
  const events = [
    event("resumed", 0),
    event("learning rates", 30, "generator 1"),
    event("paused", 12),
    event("resumed", 20),
  ];
  expect(marksOf(events)).toEqual([
    { step: 20, label: "resumed" },
    { step: 30, label: "rate" },
  ]);
});
