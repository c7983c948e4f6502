// @vitest-environment node
import { expect, test } from "vitest";
import { addresses, parseRoute } from "../../../renderer/views/routing.ts";

test("every address leads to its screen", () => {
  expect(parseRoute("")).toEqual({ screen: "runs" });
  expect(parseRoute("#/")).toEqual({ screen: "runs" });
  expect(parseRoute(addresses.runs)).toEqual({ screen: "runs" });
  expect(parseRoute(addresses.new)).toEqual({ screen: "new", from: null, forkAfter: null });
  const ofRun = { screen: "new", from: "a-1" };
  expect(parseRoute(addresses.newFrom("a-1"))).toEqual({ ...ofRun, forkAfter: null });
  expect(parseRoute(addresses.fork("a-1", 12))).toEqual({ ...ofRun, forkAfter: 12 });
  expect(parseRoute("#/new?from=a-1&epoch=0")).toEqual({ ...ofRun, forkAfter: null });
  expect(parseRoute(addresses.group("group-1"))).toEqual({ screen: "group", id: "group-1" });
  expect(parseRoute(addresses.run("a-1"))).toEqual({ screen: "run", id: "a-1" });
  expect(parseRoute(addresses.explore("a-1"))).toEqual({ screen: "explore", id: "a-1" });
  expect(parseRoute(addresses.compare(["b", "a"]))).toEqual({ screen: "compare", ids: ["b", "a"] });
  expect(parseRoute(addresses.compare([]))).toEqual({ screen: "compare", ids: [] });
  expect(parseRoute("#/compare?runs=a,,b,a")).toEqual({ screen: "compare", ids: ["a", "b"] });
  expect(parseRoute(addresses.data)).toEqual({ screen: "data" });
  expect(parseRoute(addresses.settings)).toEqual({ screen: "settings" });
});

test("anything else is unknown, not the nearest screen", () => {
  for (const fragment of ["#/nowhere", "#/runs/a/b", "#/data/x", "#/Runs", "#/new/x"])
    expect(parseRoute(fragment)).toEqual({ screen: "unknown" });
});
