import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Shell } from "../../../main/cli/shell.ts";
import { createFakeShell } from "./fake-shell.ts";

let page: string;
beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), "gan-studio-serve-"));
  await writeFile(join(page, "index.html"), "<title>GAN Studio</title>");
});
afterAll(() => rm(page, { recursive: true }));

/** Resolves once something has been printed. */
function serving(words: string[], changes: Partial<Shell> = {}) {
  const shell = createFakeShell({}, { page, ...changes });
  const { promise: printed, resolve } = Promise.withResolvers<string>();
  const { print } = shell;
  shell.print = (text) => {
    print(text);
    resolve(text);
  };
  const code = shell.run("serve", ...words);
  return { shell, printed, code };
}

it("prints an address that opens the page, and ends by Ctrl-C with everything closed", async () => {
  const { shell, printed, code } = serving(["--port", "0", "--json"]);
  const { address } = JSON.parse(await printed) as { address: string };
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
  expect(await (await fetch(address)).text()).toContain("GAN Studio");
  shell.interrupt();
  expect(await code).toBe(0);
  expect(shell.api.closed()).toBe(1);
  expect(shell.api.listeners()).toBe(0);
  expect(JSON.parse(shell.printed())).toEqual({ address });
  await expect(fetch(address)).rejects.toThrow();
});

it("leaves at once at the second Ctrl-C", async () => {
  const { shell, printed, code } = serving(["--port", "0"]);
  await printed;
  shell.interrupt();
  shell.wait(500);
  shell.interrupt();
  expect(shell.left).toEqual([130]);
  await code;
});

it("warns when other machines can reach it", async () => {
  const { shell, printed, code } = serving(["--port", "0", "--host", "0.0.0.0"]);
  await printed;
  shell.interrupt();
  await code;
  expect(shell.said()).toContain("Other machines can reach this server");
});

it("says that a named port is taken", async () => {
  const first = serving(["--port", "0", "--json"]);
  const { address } = JSON.parse(await first.printed) as { address: string };
  const second = serving(["--port", new URL(address).port]);
  expect(await second.code).toBe(2);
  expect(second.shell.said()).toMatch(/in use by another program/);
  expect(second.shell.api.closed()).toBe(1);
  first.shell.interrupt();
  await first.code;
});

it("says that the page is not built", async () => {
  const { shell, code } = serving(["--port", "0"], { page: "/nonexistent" });
  expect(await code).toBe(2);
  expect(shell.said()).toContain("not built");
});
