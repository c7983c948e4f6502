/**
 * Child process of the crash harness: the product on a data folder, told by lines of JSON what to do,
 * and saying in the same form what it was told is stored. What it printed was acknowledged: a kill
 * after that must not take it back. `node test/crash/studio.ts HOME`
 */
import { subscribe } from "node:diagnostics_channel";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ChildProcess } from "node:child_process";
import { openApi } from "../../main/api/open.ts";
import { createClient } from "../../main/contract/client.ts";
import { reportOf } from "../../main/spec/problem.ts";
import type { Said, Told } from "./protocol.ts";

const [home = ""] = process.argv.slice(2);

/** Not through a stream, which would keep what it has not written when the process is killed. */
function say(line: Said): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

subscribe("child_process", (message) => {
  const { process: child } = message as { process: ChildProcess };
  // The channel speaks before the process has its id.
  child.once("spawn", () => {
    say({ type: "child", pid: child.pid ?? 0 });
  });
});

const api = await openApi({ home });
const client = createClient(api);
const live = new Set(["starting", "running", "paused"]);
let resuming: string | null = null;

api.subscribe("run.changed", ({ id, status, epoch, step, reason }) => {
  say({ type: "changed", id, status, epoch, step, reason });
  // Of an imported run, its end was long ago.
  if (status === "finished" && resuming === id) void api.close().then(() => process.exit(0));
  // A training process that was killed is followed by the next, as the person at the screen would do.
  if (!live.has(status) && status !== "finished" && resuming === id) setImmediate(again, id);
});

let engine: "tensorflow" | "wasm" = "wasm";

function again(id: string): void {
  client.runs.resume({ id, engine }).catch((thrown: unknown) => {
    const { code, message } = reportOf(thrown);
    // Another has resumed it, as the product itself may after a crash.
    if (code !== "run.state" || !message.includes("already"))
      say({ type: "refused", code, message });
  });
}

async function obey(told: Told): Promise<void> {
  switch (told.type) {
    case "start": {
      engine = told.engine;
      const { specification, eager } = told;
      const { id } = await client.runs.start({ specification, engine, eager });
      resuming = id;
      say({ type: "run", id });
      return;
    }
    case "resume":
      engine = told.engine;
      resuming = told.id;
      await client.runs.resume({ id: told.id, engine });
      say({ type: "run", id: told.id });
      return;
    case "bundle":
      await client.runs.bundle({ id: told.id, path: told.path });
      say({ type: "moved", id: told.id });
      return;
    case "import": {
      const { run } = await client.runs.import({ path: told.path });
      say({ type: "moved", id: run.id });
    }
  }
}

say({ type: "open" });
for await (const line of createInterface(process.stdin)) {
  await obey(JSON.parse(line) as Told).catch((thrown: unknown) => {
    say({ type: "refused", ...reportOf(thrown) });
  });
}
await api.close();
