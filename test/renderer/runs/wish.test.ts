// @vitest-environment node
import { expect, test } from "vitest";
import { everything, queryOf, wishOf, type Wish } from "../../../renderer/runs/wish.ts";

const read = (query: string) => wishOf(new URLSearchParams(query));

test("the usual list needs no words in the address", () => {
  expect(queryOf(everything)).toBe("");
  expect(read("")).toEqual(everything);
});

test("what is asked for comes back from the address as it was", () => {
  const wishes: Partial<Wish>[] = [
    { search: "digits & «two»=#?" },
    { status: ["stopped", "interrupted"], order: "trained" },
    { preset: null, descending: false, order: "name" },
    { preset: "lsgan-dc", search: " dc" },
    { deleted: true },
  ];
  for (const changes of wishes) {
    const wish = { ...everything, ...changes };
    expect(read(queryOf(wish))).toEqual(wish);
  }
});

test("nonsense in an address asks for the usual", () => {
  expect(read("status=sleeping&order=colour&direction=sideways&page=9")).toEqual(everything);
  expect(read(`preset=${"x".repeat(65)}`)).toEqual(everything);
  expect(read(`search=${"x".repeat(900)}`).search).toHaveLength(200);
});
