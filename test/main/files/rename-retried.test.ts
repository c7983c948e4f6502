import { describe, expect, it } from "vitest";
import { renameRetriedNow } from "../../../main/files/rename-retried.ts";

/** A disk where a scanner holds the file for the first so many tries. */
function held(times: number, platform: NodeJS.Platform, code = "EPERM") {
  let tries = 0;
  const rename = () => {
    if (++tries <= times) throw Object.assign(new Error("held"), { code });
  };
  return { system: { platform, rename }, tries: () => tries };
}

describe("a rename that cannot wait", () => {
  it("is tried again on Windows while a scanner holds the file", () => {
    const { system, tries } = held(2, "win32");
    renameRetriedNow("a", "b", system);
    expect(tries()).toBe(3);
  });

  it.each([
    ["elsewhere", held(1, "linux")],
    ["for another reason", held(1, "win32", "ENOENT")],
  ])("is tried once %s", (_, { system, tries }) => {
    expect(() => {
      renameRetriedNow("a", "b", system);
    }).toThrow("held");
    expect(tries()).toBe(1);
  });
});
