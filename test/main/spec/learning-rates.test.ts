import { expect, it } from "vitest";
import {
  changesOf,
  ratesAt,
  rateEvent,
  scheduled,
  withChange,
  wordsOf,
} from "../../../main/spec/learning-rates.ts";
import { vanillaMlp } from "../../../main/spec/presets/vanilla-mlp.ts";

const first = { generator: 0.1, discriminator: 0.2 };

it("a change holds from its step on, for the networks that it names", () => {
  const changes = [{ from: 5, generator: 0.01 }];
  expect(ratesAt(first, changes, 4)).toEqual(first);
  expect(ratesAt(first, changes, 5)).toEqual({ generator: 0.01, discriminator: 0.2 });
});

it("a rate of 0 is a rate", () => {
  expect(ratesAt(first, [{ from: 1, discriminator: 0 }], 1).discriminator).toBe(0);
});

it("a schedule goes on from the new rate", () => {
  const { generator } = vanillaMlp.specification.optimizers;
  const schedule = { kind: "linear" as const, epochs: 10, endFactor: 0 };
  const optimizers = { generator: { ...generator, schedule }, discriminator: generator };
  expect(scheduled(optimizers, { generator: 4, discriminator: 3 }, 5)).toEqual({
    generator: 2,
    discriminator: 3,
  });
});

it("what was to come for the same network falls away, for the other it stays", () => {
  const before = [
    { from: 3, generator: 1 },
    { from: 9, generator: 2, discriminator: 3 },
  ];
  expect(withChange(before, { from: 5, generator: 7 })).toEqual([
    { from: 3, generator: 1 },
    { from: 5, generator: 7 },
    { from: 9, discriminator: 3 },
  ]);
});

it("events tell every digit of a rate, and are read back in the order they were stored", () => {
  const change = { from: 8, generator: 1e-7 / 3, discriminator: 0.1 + 0.2 };
  const event = (from: number, detail: string) => ({ step: from, kind: rateEvent, detail });
  expect(changesOf([event(8, wordsOf(change))])).toEqual([change]);
  const rewound = [event(8, "generator 1"), event(6, "generator 0.5")];
  expect(changesOf(rewound)).toEqual([{ from: 6, generator: 0.5 }]);
});

it("other events change no rate", () => {
  expect(changesOf([{ step: 2, kind: "ready", detail: "generator 3" }])).toEqual([]);
});
