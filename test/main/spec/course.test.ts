import { describe, expect, it } from "vitest";
import {
  forkEvent,
  forkWords,
  originOf,
  updatesAt,
  updatesChangesOf,
  updatesEvent,
  updatesWords,
} from "../../../main/spec/course.ts";

const changed = (from: number, discriminatorSteps: number) => ({
  ...{ step: from, kind: updatesEvent },
  detail: updatesWords({ from, discriminatorSteps }),
});

describe("discriminator updates that were changed", () => {
  it("are read from events, the last word for a step or one before it being right", () => {
    const events = [changed(5, 2), changed(9, 3), changed(9, 4), changed(13, 5), changed(11, 6)];
    const changes = updatesChangesOf([{ step: 1, kind: "started", detail: "2 a step" }, ...events]);
    expect(changes.map(({ from, discriminatorSteps }) => [from, discriminatorSteps])).toEqual([
      ...[
        [5, 2],
        [9, 4],
        [11, 6],
      ],
    ]);
    expect([1, 4, 5, 8, 9, 99].map((step) => updatesAt(1, changes, step))).toEqual([
      ...[1, 1, 2, 2, 4, 6],
    ]);
  });

  it("pass over words that tell of none", () => {
    const detail = (text: string) => [{ step: 3, kind: updatesEvent, detail: text }];
    for (const text of ["", "0 a step", "two a step", "-1 a step"])
      expect.soft(updatesChangesOf(detail(text)), text).toEqual([]);
  });
});

it("where a fork left its parent is read from its event", () => {
  const origin = { step: 40, epoch: 3, updates: 120 };
  const event = { step: 40, kind: forkEvent, detail: forkWords("run-1", origin) };
  expect(originOf([event])).toEqual(origin);
  expect(originOf([])).toBeNull();
  expect(originOf([{ ...event, detail: "from somewhere" }])).toBeNull();
});
