/**
 * What a whole run costs beside its steps. Epochs through the product's own api, with the session,
 * the database, messages, samples and checkpoints in this one process and thread, so that all of
 * it counts: the share of the time that is not spent in TensorFlow's call of the compiled step. Bare
 * steps, the same batch again and again, do not spend all of theirs there either; what they take
 * around that call is counted in the same way before the runs, so that no drift of the machine's speed
 * comes between; the rest is what a run adds to as many bare steps.
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
import { createTrainer } from "../../main/engine/create-trainer.ts";
import { nativeBackend } from "../../main/engine/compile/native.ts";
import { buildGan } from "../../main/engine/gan.ts";
import { firstRates } from "../../main/spec/learning-rates.ts";
import { presetOf } from "../../main/spec/presets.ts";
import { shapeOfImage, sizeOf } from "../../main/spec/shape.ts";
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

/** Milliseconds that a bare step takes around TensorFlow's call. */
async function aroundBareSteps(steps: number): Promise<number> {
  const gan = buildGan(given);
  const { batchSize, discriminatorSteps } = given.loop;
  const sizes = Array.from({ length: discriminatorSteps }, () => batchSize);
  const { trainer } = await createTrainer(gan, undefined, {
    ...{ eager: false, batchSizes: [sizes], sheet: 0 },
  });
  const pixels = sizeOf(shapeOfImage(given.image));
  const feed = {
    batches: sizes.map((size) => new Uint8Array(size * pixels)),
    ...(given.conditioning && { labels: sizes.map((size) => new Uint8Array(size)) }),
    learningRates: firstRates(given.optimizers),
  };
  const warmup = Math.ceil(steps / 10);
  let begun = 0;
  for (let step = 1; step <= warmup + steps; step++) {
    if (step === warmup + 1) {
      native = 0;
      begun = performance.now();
    }
    await trainer.quickStep({ step, ...feed });
  }
  const around = (performance.now() - begun - native) / steps;
  trainer.dispose();
  return around;
}

const home = mkdtempSync(join(tmpdir(), "gan-studio-epoch-"));
const api = await openApi({ home, sessions: here });
const client = createClient(api);
const { specification: given } = presetOf(preset);
const { source } = await client.datasets.add({ source: data });

const around = await aroundBareSteps(300);

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
      const share = (milliseconds: number) => `${((milliseconds / all) * 100).toFixed(1)} %`;
      const beside = all - native;
      const bare = step * around;
      resolve(
        `${preset}: ${step} steps in ${(all / 1000).toFixed(2)} s; ${share(beside)} of it outside TensorFlow, where bare steps are for ${share(bare)}; the run adds ${share(beside - bare)}`,
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
