/** What other programs' failures are turned into: one sentence that says what to do. */
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../../scripts/setup/npm.mjs";
import { explainNpmFailure } from "../../../scripts/setup/packages.mjs";
import { explainPipFailure, wheelFor } from "../../../scripts/setup/tensorflow-pip.mjs";

describe("a failure of npm", () => {
  it.each([
    ["npm error code EAI_AGAIN", /registry cannot be reached/],
    ["npm error code EUSAGE", /do not agree/],
    ["npm error code ENOSPC", /disk is full/],
    ["npm error code EACCES", /may not write/],
    ["something else", /its last lines follow/],
  ])("with %j is explained", (output, sentence) => {
    expect(explainNpmFailure({ output, timedOut: false, code: 1 })).toMatch(sentence);
  });

  it("by time is told from one by fault", () => {
    expect(explainNpmFailure({ output: "", timedOut: true, code: null })).toMatch(/did not finish/);
  });
});

describe("npm's settings", () => {
  it("name the registry and the proxy, and are left open where npm prints none", () => {
    expect(readConfiguration('{ "registry": "http://a/", "https-proxy": "http://p:1" }')).toEqual({
      registry: "http://a/",
      proxy: "http://p:1",
    });
    expect(readConfiguration("npm warn")).toEqual({
      registry: null,
      proxy: null,
    });
  });
});

describe("a failure of pip", () => {
  it.each([
    ["/usr/bin/python3: No module named pip", "Python has no pip"],
    ["NewConnectionError: Failed to establish", "Python's package index cannot be reached"],
  ])("with %j is explained", (output, reason) => {
    expect(explainPipFailure(output)).toBe(reason);
  });

  it("that another wheel may help with is left open", () => {
    expect(explainPipFailure("No matching distribution found for tensorflow-cpu")).toBeNull();
  });
});

describe("the wheel", () => {
  it("is the one for processors alone where there is one, and none on Windows", () => {
    expect(wheelFor("linux", "x64")?.name).toBe("tensorflow-cpu");
    expect(wheelFor("darwin", "arm64")?.name).toBe("tensorflow");
    expect(wheelFor("win32", "x64")).toBeNull();
  });
});
