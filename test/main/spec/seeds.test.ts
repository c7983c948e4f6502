import { expect, it } from "vitest";
import { seedsIn } from "../../../main/spec/seeds.ts";

it("reads ranges, lists and both, in the order in which they are written", () => {
  expect(seedsIn("1..5")).toEqual([1, 2, 3, 4, 5]);
  expect(seedsIn(" 7, 3 ,10..12")).toEqual([7, 3, 10, 11, 12]);
  expect(seedsIn("2147483647")).toEqual([2147483647]);
});

it("reads nothing from words, empty parts, ranges that go down, seeds twice, too many or too large ones", () => {
  for (const text of ["", "a", "1,", "5..1", "1,1", "1..3,2", "1..101", "1..60,100..160", "-1"])
    expect(seedsIn(text), text).toBeNull();
  expect(seedsIn("2147483648")).toBeNull();
  expect(seedsIn("1.5")).toBeNull();
});
