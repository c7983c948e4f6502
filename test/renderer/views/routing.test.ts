// @vitest-environment node
import { expect, test } from "vitest";
import { addresses, parseRoute } from "../../../renderer/views/routing.ts";

test("every address leads to its screen", () => {
  expect(parseRoute("")).toEqual({ screen: "runs" });
  expect(parseRoute("#/")).toEqual({ screen: "runs" });
  expect(parseRoute(addresses.runs)).toEqual({ screen: "runs" });
  expect(parseRoute(addresses.new)).toEqual({
    ...{ screen: "new", from: null, forkAfter: null, part: "start" },
  });
  const ofRun = { screen: "new", from: "a-1", part: "start" };
  expect(parseRoute(addresses.newFrom("a-1"))).toEqual({ ...ofRun, forkAfter: null });
  expect(parseRoute(addresses.fork("a-1", 12))).toEqual({ ...ofRun, forkAfter: 12 });
  expect(parseRoute("#/new?from=a-1&epoch=0")).toEqual({ ...ofRun, forkAfter: null });
  const training = addresses.newPart("a-1", 12, "training");
  expect(parseRoute(training)).toEqual({ ...ofRun, forkAfter: 12, part: "training" });
  expect(addresses.newPart(null, null, "start")).toBe(addresses.new);
  expect(parseRoute(addresses.group("group-1"))).toEqual({ screen: "group", id: "group-1" });
  expect(parseRoute(addresses.run("a-1"))).toEqual({ screen: "run", id: "a-1", part: "images" });
  const log = { screen: "run", id: "a-1", part: "log" };
  expect(parseRoute(addresses.runPart("a-1", "log"))).toEqual(log);
  expect(addresses.runPart("a-1", "images")).toBe(addresses.run("a-1"));
  expect(parseRoute("#/runs/a-1?part=attic")).toEqual({ ...log, part: "images" });
  expect(parseRoute(addresses.explore("a-1"))).toEqual({ screen: "explore", id: "a-1" });
  expect(parseRoute(addresses.exploreAny)).toEqual({ screen: "explore", id: null });
  expect(parseRoute(addresses.compare(["b", "a"]))).toEqual({ screen: "compare", ids: ["b", "a"] });
  expect(parseRoute(addresses.compare([]))).toEqual({ screen: "compare", ids: [] });
  expect(parseRoute("#/compare?runs=a,,b,a")).toEqual({ screen: "compare", ids: ["a", "b"] });
  expect(parseRoute(addresses.data)).toEqual({ screen: "data" });
  expect(parseRoute(addresses.settings)).toEqual({ screen: "settings" });
  expect(parseRoute(addresses.help)).toEqual({ screen: "help" });
});

test("anything else is unknown, not the nearest screen", () => {
  for (const fragment of ["#/nowhere", "#/runs/a/b", "#/data/x", "#/Runs", "#/new/x"])
    expect(parseRoute(fragment)).toEqual({ screen: "unknown" });
});
