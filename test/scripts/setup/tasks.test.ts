/** Tasks: which steps they need and what they start. */
import { describe, expect, it } from "vitest";
import { join } from "node:path";
import { cacheFolder } from "../../../scripts/setup/places.mjs";
import { runTask } from "../../../scripts/setup/run-task.mjs";
import { planTask } from "../../../scripts/setup/tasks.mjs";
import { stepLine } from "../../../scripts/setup/report.mjs";
import { emptyProject } from "../support.ts";

describe("a task", () => {
  it("passes its arguments on", () => {
    const plan = planTask("cli", ["train", "--json"], "/project");
    expect(plan?.command?.slice(-3)).toEqual([
      join("/project", "main/cli/main.ts"),
      "train",
      "--json",
    ]);
  });

  it("of the command line keeps standard output to itself and builds a page only to serve it", () => {
    expect(planTask("cli", ["train"], "/project")).toMatchObject({ quiet: true });
    expect(planTask("cli", ["train"], "/project")?.steps).not.toContain("page");
    expect(planTask("cli", ["serve"], "/project")?.steps).toContain("page");
  });

  it("that checks the code needs no TensorFlow", () => {
    expect(planTask("check", [], "/project")?.steps).toEqual(["packages", "node"]);
  });

  it.each(["bogus", "toString", ""])("named %j does not exist", (name) => {
    expect(planTask(name, [], "/project")).toBeNull();
  });

  it("hands back the exit code of its program", async () => {
    const { context } = emptyProject({ environment: process.env });
    await expect(runTask(context, ["-e", "process.exit(7)"])).resolves.toBe(7);
    await expect(runTask(context, ["-e", "process.kill(process.pid, 'SIGTERM')"])).resolves.toBe(
      143,
    );
  });
});

describe("the cache folder", () => {
  it("is the platform's usual place", () => {
    expect(cacheFolder({}, "linux", "/home/a")).toBe("/home/a/.cache/gan-studio");
    expect(cacheFolder({ XDG_CACHE_HOME: "/x" }, "linux", "/home/a")).toBe("/x/gan-studio");
    expect(cacheFolder({}, "darwin", "/Users/a")).toBe("/Users/a/Library/Caches/gan-studio");
  });
  it("is where GAN_STUDIO_CACHE says", () => {
    expect(cacheFolder({ GAN_STUDIO_CACHE: "/c" }, "darwin", "/Users/a")).toBe("/c");
  });
});

describe("a line of the report", () => {
  it("names the step, what it did and its time", () => {
    expect(stepLine("packages", "installed 488 packages", 21_430)).toMatch(
      /^packages {6}installed 488 packages +21\.4 s$/,
    );
  });
});
