import { expect, it } from "vitest";
import { bytes, duration, figure, moment, plural } from "../../../main/cli/format.ts";
import { facts, table } from "../../../main/cli/table.ts";

it.each([
  [0, "0.000"],
  [0.12345, "0.123"],
  [-3, "-3.000"],
  [0.00012, "1.20e-4"],
  [123_456, "1.23e+5"],
  [NaN, "NaN"],
  [-Infinity, "-Infinity"],
])("writes the figure %s as %s", (value, text) => {
  expect(figure(value)).toBe(text);
});

it.each([
  [0, "0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 00 s"],
  [200, "3 min 20 s"],
  [3600, "1 h 00 min"],
  [90_061, "25 h 01 min"],
  [-1, "0 s"],
  [NaN, "?"],
  [Infinity, "?"],
])("writes %s seconds as %s", (value, text) => {
  expect(duration(value)).toBe(text);
});

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [1536 * 1024, "1.5 MiB"],
  [2 ** 60, "1048576.0 TiB"],
])("writes %s bytes as %s", (value, text) => {
  expect(bytes(value)).toBe(text);
});

it("writes nouns and dates", () => {
  expect([plural(1, "run"), plural(1200, "run")]).toEqual(["1 run", "1,200 runs"]);
  expect(moment(new Date(2026, 0, 2, 3, 4).getTime())).toBe("2026-01-02 03:04");
});

it("aligns columns by what people see, not by code units", () => {
  const columns = [{ title: "A" }, { title: "B", numeric: true }, { title: "C" }];
  expect(
    table(columns, [
      ["déjà", "1", "x"],
      ["👩‍🔬", "200", ""],
    ]),
  ).toBe("A       B  C\ndéjà    1  x\n👩‍🔬     200\n");
});

it("leaves facts out that have no value", () => {
  expect(
    facts([
      ["Long label", "1"],
      ["None", null],
      ["Empty", ""],
      ["B", "2"],
    ]),
  ).toBe("Long label  1\nB           2\n");
});
