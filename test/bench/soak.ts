/**
 * Whether memory stays flat while a run trains and a page watches it: browser mode as a program of its
 * own, a run of small epochs, and a client that asks and listens as the page does. Prints the resident size of
 * the main and the training process each minute, and at the end the slope of the second half.
 * `node test/bench/soak.ts [MINUTES] [ENGINE] [PRESET]`
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "../../main/contract/client.ts";
import type { EventName, Events } from "../../main/contract/events.ts";
import { decode, encode } from "../../main/contract/wire.ts";
import { presetOf } from "../../main/spec/presets.ts";
import { scaledDown } from "../support/scaled-down.ts";

const [given = "30", engine = "tensorflow", preset = "lsgan-dc"] = process.argv.slice(2);
const minutes = Number(given);
const home = mkdtempSync(join(tmpdir(), "gan-studio-soak-"));
const entry = fileURLToPath(new URL("../../main/cli/main.ts", import.meta.url));
const program = spawn(process.execPath, [entry, "serve", "--port", "0", "--json", "--home", home], {
  stdio: ["ignore", "pipe", "ignore"],
  env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
});
const main = program.pid ?? 0;

const address = await new Promise<URL>((resolve, reject) => {
  let printed = "";
  program.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    const found = /"(http:[^"]+)"/.exec(printed)?.[1];
    if (found) resolve(new URL(found));
  });
  program.once("exit", () => {
    reject(new Error(`It ended before it could be reached: ${printed}`));
  });
});

/** Shows the token that stands behind the address's «#», as the page does. */
async function enter(): Promise<string> {
  const token = /[0-9A-Za-z_-]{20,}/.exec(address.hash)?.[0] ?? "";
  const answer = await fetch(new URL("/api/session", address), {
    method: "POST",
    headers: { "content-type": "application/json", origin: address.origin },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) throw new Error(`It did not let us in: ${answer.status}`);
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

const cookie = await enter();
let bytes = 0;
let events = 0;

async function ask(command: string, payload: unknown): Promise<unknown> {
  const answer = await fetch(new URL("/api/invoke", address), {
    method: "POST",
    headers: { "content-type": "application/json", origin: address.origin, cookie },
    body: encode({ command, payload }),
  });
  const text = await answer.text();
  bytes += text.length;
  const { result, error } = decode(text) as { result?: unknown; error?: { message: string } };
  if (error) throw new Error(`${command}: ${error.message}`);
  return result;
}

const listeners = new Map<string, (detail: never) => void>();
const client = createClient({
  invoke: (command, payload) => ask(command, payload) as never,
  subscribe: <Name extends EventName>(event: Name, listener: (detail: Events[Name]) => void) => {
    listeners.set(event, listener);
    return () => listeners.delete(event);
  },
});

const socket = new WebSocket(`ws://${address.host}/api/events`, {
  headers: { cookie, origin: address.origin },
});
socket.addEventListener("message", ({ data }) => {
  events++;
  bytes += String(data).length;
  const { event, detail } = decode(String(data)) as { event: string; detail: never };
  listeners.get(event)?.(detail);
});

const small = scaledDown(presetOf(preset).specification, 32);
const specification = {
  ...small,
  data: { ...small.data, source: { kind: "digits", count: 6400, seed: 1 }, training: null },
  loop: { ...small.loop, epochs: 1_000_000, steps: null },
};
const { id } = await client.runs.start({ specification, engine: engine as "tensorflow" });
let step = 0;
let sampled = 0;
client.subscribe("run.progress", (progress) => (step = progress.step));
client.subscribe("run.sampled", ({ sample }) => {
  sampled++;
  // As the page does: the new grid is fetched, and now and then all that is shown is asked for anew.
  void client.runs.sampleImage({ id, step: sample.step }).catch(() => undefined);
});

/** Megabytes. */
function resident(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

const trainer = (): number =>
  Number(
    readFileSync(`/proc/${main}/task/${main}/children`, "utf8").trim().split(" ").at(-1) ?? NaN,
  );

interface Look {
  minute: number;
  main: number;
  training: number;
}

const looks: Look[] = [];
const begun = performance.now();
try {
  for (let minute = 1; minute <= minutes; minute++) {
    while (performance.now() - begun < minute * 60_000) {
      await delay(Math.min(5000, Math.max(0, minute * 60_000 - (performance.now() - begun))));
      await Promise.all([
        client.runs.get({ id }),
        client.runs.measurements({ id, points: 4000 }),
        client.runs.list({ limit: 100 }),
      ]);
    }
    const look = { minute, main: resident(main), training: resident(trainer()) };
    looks.push(look);
    const files = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;
    const log = statSync(join(home, "studio.db-wal")).size / 2 ** 20;
    process.stdout.write(
      `minute ${minute.toString().padStart(4)}: main ${look.main.toFixed(1)} MiB (${files(main)} files), ` +
        `training ${look.training.toFixed(1)} MiB (${files(trainer())} files); step ${step}, ${sampled} grids, ` +
        `${events} events, ${(bytes / 2 ** 20).toFixed(1)} MiB received, log ${log.toFixed(1)} MiB\n`,
    );
  }
  const late = looks.slice(Math.floor(looks.length / 2));
  for (const name of ["main", "training"] as const) {
    const slope = slopeOf(late.map((look) => [look.minute / 60, look[name]]));
    process.stdout.write(`${name}: ${slope.toFixed(1)} MiB an hour over the second half\n`);
  }
  await client.runs.stop({ id });
} finally {
  socket.close();
  program.kill("SIGTERM");
  await new Promise((resolve) => program.once("exit", resolve));
  rmSync(home, { recursive: true, force: true });
}

/** Of the straight line of least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const x = mean((point) => point[0]);
  const y = mean((point) => point[1]);
  const along = mean((point) => (point[0] - x) ** 2);
  return along === 0 ? 0 : mean((point) => (point[0] - x) * (point[1] - y)) / along;
}
