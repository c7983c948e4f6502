/**
 * What a whole run costs beside its steps. Epochs through the product's own api, with the session,
 * the database, messages, samples and checkpoints in this one process and thread, so that all of
 * it counts: the share of the time that is not spent in TensorFlow's call of the compiled step.
 * `node test/bench/epoch.ts [PRESET] [DATA] [ROUNDS] [EPOCHS]`, DATA an absolute path to images or
 * «digits». The last epoch's checkpoint cannot be written while steps are done: there are none left.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../../main/api/open.ts";
import type { SessionHost } from "../../main/api/sessions/host.ts";
import { createClient } from "../../main/contract/client.ts";
import { loadBackend } from "../../main/engine/backend/backend.ts";
import { nativeBackend } from "../../main/engine/compile/native.ts";
import { presetOf } from "../../main/spec/presets.ts";
import { createSession } from "../../main/training/session.ts";

const [preset = "vanilla-mlp", data = "digits", rounds = "3", epochs = "5"] = process.argv.slice(2);

/** Messages pass through the clone that a channel between processes makes of them. */
const here: SessionHost = {
  start() {
    const toOwner: ((message: unknown) => void)[] = [];
    const atExit: (() => void)[] = [];
    const session = createSession(
      (message) => {
        const copy: unknown = structuredClone(message);
        setImmediate(() => {
          for (const listener of toOwner) listener(copy);
        });
      },
      () => {
        for (const listener of atExit.splice(0)) listener();
      },
    );
    return {
      send: (message) => {
        session(structuredClone(message));
      },
      onMessage: (listener) => toOwner.push(listener as (message: unknown) => void),
      onExit: (listener) =>
        atExit.push(() => {
          listener({ code: 0, signal: null, lastWords: "" });
        }),
      kill: () => undefined,
    };
  },
};

await loadBackend("tensorflow");
const backend = nativeBackend();
const { binding } = backend;
let native = 0;
// The binding's own functions cannot be replaced; one that inherits from it can have its own.
backend.binding = Object.create(binding, {
  runSavedModel: {
    value: (...given: Parameters<typeof binding.runSavedModel>) => {
      const begun = performance.now();
      try {
        return binding.runSavedModel(...given);
      } finally {
        native += performance.now() - begun;
      }
    },
  },
}) as typeof binding;

const home = mkdtempSync(join(tmpdir(), "gan-studio-epoch-"));
const api = await openApi({ home, sessions: here });
const client = createClient(api);
const { specification: given } = presetOf(preset);
const { source } = await client.datasets.add({ source: data });

async function oneRun(): Promise<string> {
  let begun = 0;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const ends = [
    api.subscribe("run.event", ({ event }) => {
      if (event.kind !== "ready") return;
      native = 0;
      begun = performance.now();
    }),
    api.subscribe("run.changed", ({ status, step, reason }) => {
      if (reason !== null) reject(new Error(reason));
      if (status !== "finished") return;
      const all = performance.now() - begun;
      const beside = (((all - native) / all) * 100).toFixed(1);
      resolve(
        `${preset}: ${step} steps in ${(all / 1000).toFixed(2)} s, ${(native / 1000).toFixed(2)} s of it in the compiled step, ${beside} % beside it`,
      );
    }),
  ];
  await client.runs.start({
    specification: {
      ...given,
      data: { ...given.data, source },
      loop: { ...given.loop, epochs: Number(epochs), steps: null },
    },
    engine: "tensorflow",
  });
  const line = await promise;
  for (const end of ends) end();
  return line;
}

for (let round = 0; round < Number(rounds); round++) process.stdout.write(`${await oneRun()}\n`);
await api.close();
rmSync(home, { recursive: true, force: true });
