/** Programs with a time limit. */
import { describe, expect, it } from "vitest";
import { lastLines, runLimited } from "../../../scripts/setup/command.mjs";
import { processIdentity } from "../../../scripts/setup/process-identity.mjs";

const node = (program: string, seconds = 20, input?: string) =>
  runLimited(process.execPath, ["-e", program], {
    seconds,
    ...(input === undefined ? {} : { input }),
  });

describe("a program", () => {
  it("hands back its output and its exit code", async () => {
    const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(result).toMatchObject({ ok: false, code: 3, timedOut: false, stdout: "out\n" });
    expect(result.output).toContain("err");
  });

  it("reads its input", async () => {
    const result = await node("process.stdin.pipe(process.stdout)", 20, "hello");
    expect(result.stdout).toBe("hello");
  });

  it("that does not exist fails without throwing", async () => {
    const result = await runLimited("/nowhere/program", [], { seconds: 5 });
    expect(result).toMatchObject({ ok: false, code: null });
    expect(result.output).toMatch(/ENOENT/);
  });

  it("that hangs is ended together with the programs it started", async () => {
    const inner = "setInterval(() => {}, 1000)";
    const outer = `const c = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}]);
      console.log(c.pid); setInterval(() => {}, 1000)`;
    const result = await node(outer, 1);
    expect(result).toMatchObject({ ok: false, timedOut: true });
    const grandchild = Number(result.stdout);
    expect(grandchild).toBeGreaterThan(0);
    await expect.poll(() => processIdentity(grandchild)).toBeNull();
  });
});

describe("last lines", () => {
  it("are the end of the output, without colours", () => {
    expect(lastLines("a\nb\n\u001b[31mc\u001b[39m\n\n", 2)).toBe("b\nc");
  });
});
