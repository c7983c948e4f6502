/**
 * Where the token and the data could get out by another way than the door: what the program prints and
 * stores, the list of processes, what sessions inherit, error pages, redirects, other users.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { sessionEnvironment } from "../../../main/api/sessions/environment.ts";
import { startProgram } from "../../support/program.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { run } from "./running.ts";

const hasProc = existsSync("/proc/self/cmdline");

/** The real program, with one command asked of it, so that it has started a session too. */
async function studio() {
  const home = join(temporaryFolder(), "home");
  const server = startProgram(home, "serve", "--port", "0");
  onTestFinished(() => {
    server.child.kill("SIGKILL");
  });
  const [address, token = ""] = await server.printed(/http:\/\/\S+#token=(\S+)/);
  const { origin } = new URL(address);
  const json = { "content-type": "application/json" };
  const entered = await fetch(`${origin}/api/session`, {
    ...{ method: "POST", headers: json, body: JSON.stringify({ token }) },
  });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const ask = (command: string, payload: object) =>
    fetch(`${origin}/api/invoke`, {
      ...{ method: "POST", headers: { ...json, cookie } },
      body: JSON.stringify({ command, payload }),
    });
  return { home, server, token, cookie, origin, ask, pid: server.child.pid ?? 0 };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("a server that runs", () => {
  it("prints its token once, and keeps token and session out of files, words and children", async () => {
    const { home, server, token, cookie, ask, pid } = await studio();
    expect((await ask("runs.list", {})).status).toBe(200);
    expect((await ask("runs.get", { id: "no-such-run" })).status).toBe(404);
    expect((await ask("no.such.command", {})).status).toBe(400);
    const secrets = [token, cookie.split("=")[1] ?? ""];
    for (const secret of secrets) expect(secret).toHaveLength(43);
    for (const file of filesIn(home)) {
      const content = readFileSync(file);
      for (const secret of secrets) expect(content.includes(secret), file).toBe(false);
    }
    if (hasProc) {
      const words = readFileSync(`/proc/${pid.toString()}/cmdline`, "latin1");
      const environment = readFileSync(`/proc/${pid.toString()}/environ`, "latin1");
      for (const secret of secrets) expect(words + environment).not.toContain(secret);
    }
    server.child.kill("SIGINT");
    const { output, errors } = await server.ended;
    expect(output.split(token)).toHaveLength(2);
    expect(errors).not.toContain(token);
    expect(output + errors).not.toContain(secrets[1]);
  });

  it.skipIf(!hasProc)("listens on the loopback address and nowhere else", async () => {
    const { origin } = await studio();
    const port = Number(new URL(origin).port);
    const listeningAt = (file: string) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, , state]) => state === "0A" && local?.endsWith(hex(port)))
        .map(([, local]) => local);
    // As the system writes 127.0.0.1, lowest byte first.
    expect(listeningAt("/proc/net/tcp")).toEqual([`0100007F:${hex(port)}`]);
    if (existsSync("/proc/net/tcp6")) expect(listeningAt("/proc/net/tcp6")).toEqual([]);
  });
});
const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, "0");

describe("another user of the machine", () => {
  it("cannot read the data folder, in whatever folder it lies", async () => {
    const { home } = await studio();
    expect(statSync(home).mode & 0o077).toBe(0);
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(!isRoot)(
    `is refused by the system when it tries${isRoot ? "" : " (not run: only root can become another user)"}`,
    async () => {
      const outside = temporaryFolder();
      chmodSync(outside, 0o755);
      const home = join(outside, "home");
      const server = startProgram(home, "serve", "--port", "0");
      onTestFinished(() => {
        server.child.kill("SIGKILL");
      });
      await server.printed(/http:\/\/\S+#token=/);
      const tried = spawnSync("cat", [join(home, "studio.db")], { uid: 65_534, gid: 65_534 });
      expect(tried.status).not.toBe(0);
      expect(tried.stderr.toString()).toContain("Permission denied");
      expect(spawnSync("cat", [join(home, "studio.db")]).status).toBe(0);
    },
  );
});

it("what sessions inherit holds no secrets of their owner's", () => {
  const own = {
    ...{
      PATH: "/bin",
      HOME: "/root",
      AWS_SECRET_ACCESS_KEY: "s",
      GITHUB_TOKEN: "s",
      NPM_TOKEN: "s",
    },
    ...{ GAN_STUDIO_TOKEN: "s", NODE_OPTIONS: "--inspect", SSH_AUTH_SOCK: "s", DATABASE_URL: "s" },
  };
  expect(sessionEnvironment(own)).toEqual({
    ...{ PATH: "/bin", HOME: "/root" },
    ...{ TF_CPP_MIN_LOG_LEVEL: "2", NVIDIA_TF32_OVERRIDE: "0" },
  });
});

it("no answer repeats the token, sends a browser elsewhere, or tells where files lie", async () => {
  const server = await run({
    "datasets.list": () => {
      throw new Error("an unexpected one");
    },
  });
  const cookie = await server.enter();
  const json = { "content-type": "application/json" };
  const body = (command: string) => JSON.stringify({ command, payload: {} });
  const answers = [
    await server.ask("GET", `/?token=${server.token}`),
    await server.ask("GET", `/${server.token}`),
    await server.ask("GET", `//evil.com/${server.token}`),
    await server.ask("GET", `/api/${server.token}`, { cookie }),
    await server.ask("GET", "/", { host: `${server.token}.evil.com` }),
    await server.ask("POST", "/api/session", json, JSON.stringify({ token: `${server.token}x` })),
    await server.ask("POST", "/api/session", json, `{"token":"${server.token}"`),
    await server.ask("POST", "/api/invoke", { ...json, cookie }, body("datasets.list")),
    await server.ask("POST", "/api/invoke", json, body("datasets.list")),
  ];
  for (const { status, headers, body: text } of answers) {
    expect(text + JSON.stringify(headers)).not.toContain(server.token);
    expect(text).not.toMatch(/\.ts:|node_modules|\/main\//);
    expect(headers.location).toBeUndefined();
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(status).not.toBe(204);
  }
  await server.close();
});

it("a link inside the served folder, and a neighbour whose name begins like it, are not served", async () => {
  const server = await run();
  mkdirSync(join(server.page, "later"));
  symlinkSync("/etc", join(server.page, "later", "link"));
  // Files that were not there at the start are none of the page's.
  for (const path of [
    "/later/link/hostname",
    "/later",
    `/../${server.page.split("/").at(-1) ?? ""}-evil`,
  ]) {
    const answer = await server.ask("GET", path);
    expect([400, 404], path).toContain(answer.status);
    expect(answer.body).not.toContain("outside");
  }
  await server.close();
});
