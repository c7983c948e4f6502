// @vitest-environment node
import { expect, test } from "vitest";
import { usualLook, type Look } from "../../../renderer/compare/look.ts";
import {
  usualLook as usualExploreLook,
  type Look as ExploreLook,
} from "../../../renderer/explore/look.ts";
import { everything } from "../../../renderer/runs/wish.ts";
import { addresses, parseRoute } from "../../../renderer/views/routing.ts";

test("every address leads to its screen", () => {
  const runs = { screen: "runs", wish: everything };
  expect(parseRoute("")).toEqual(runs);
  expect(parseRoute("#/")).toEqual(runs);
  expect(parseRoute(addresses.runs)).toEqual(runs);
  const bin = { ...everything, search: "a&b", deleted: true };
  expect(parseRoute(addresses.runsAs(bin))).toEqual({ screen: "runs", wish: bin });
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
  const explore = { screen: "explore", id: "a-1", look: usualExploreLook };
  expect(parseRoute(addresses.explore("a-1"))).toEqual(explore);
  expect(parseRoute(addresses.exploreAny)).toEqual({ ...explore, id: null });
  const look: ExploreLook = {
    ...{ step: 0, seed: 0, count: 12, label: 0, truncation: 0.5, order: "worst", tool: "search" },
  };
  expect(parseRoute(addresses.explore("a-1", look))).toEqual({ ...explore, look });
  expect(parseRoute("#/explore/a-1?seed=1.5&images=9999&class=x&order=up&tool=")).toEqual(explore);
  const compare = (ids: string[], look: Look = usualLook) => ({ screen: "compare", ids, look });
  expect(parseRoute(addresses.compare(["b", "a"]))).toEqual(compare(["b", "a"]));
  expect(parseRoute(addresses.compare([]))).toEqual(compare([]));
  expect(parseRoute("#/compare?runs=a,,b,a")).toEqual(compare(["a", "b"]));
  const swipe = { axis: "images", place: 1280.5, view: "swipe" } as const;
  expect(parseRoute(addresses.compare(["a", "b"], swipe))).toEqual(compare(["a", "b"], swipe));
  expect(parseRoute("#/compare?by=miles&at=-1&view=3d")).toEqual(compare([]));
  expect(parseRoute(addresses.data)).toEqual({ screen: "data" });
  expect(parseRoute(addresses.settings)).toEqual({ screen: "settings" });
  expect(parseRoute(addresses.help)).toEqual({ screen: "help" });
});

test("anything else is unknown, not the nearest screen", () => {
  for (const fragment of ["#/nowhere", "#/runs/a/b", "#/data/x", "#/Runs", "#/new/x"])
    expect(parseRoute(fragment)).toEqual({ screen: "unknown" });
});
