/**
 * What a whole run costs beside its steps: an epoch through the product's own api (data, metrics,
 * samples, messages, database, checkpoint) against as many bare steps, in turn.
 * `node test/bench/epoch.ts [PRESET] [DATA] [ROUNDS]`, DATA a path to images or nothing for digits.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../../main/api/open.ts";
import { createClient } from "../../main/contract/client.ts";
import { loadBackend } from "../../main/engine/backend/backend.ts";
import { createTrainer } from "../../main/engine/create-trainer.ts";
import { buildGan } from "../../main/engine/gan.ts";
import { presetOf } from "../../main/spec/presets.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { randomFeed } from "../support/random-feed.ts";

const [preset = "vanilla-mlp", data, rounds = "3"] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), "gan-studio-epoch-"));
const api = await openApi({ home });
const client = createClient(api);
const { specification: given } = presetOf(preset);
const source = data ? (await client.datasets.add({ source: data })).source : given.data.source;
const specification: Specification = {
  ...given,
  data: { ...given.data, source },
  loop: { ...given.loop, epochs: 1, steps: null },
};

/** Milliseconds from the compiled step to the run's end, and how many steps that was. */
async function wholeEpoch(): Promise<{ milliseconds: number; steps: number }> {
  let begun = 0;
  const { promise, resolve } = Promise.withResolvers<{ milliseconds: number; steps: number }>();
  const ends = [
    api.subscribe("run.event", ({ event }) => {
      if (event.kind === "ready") begun = performance.now();
    }),
    api.subscribe("run.changed", (run) => {
      if (run.reason !== null) throw new Error(run.reason);
      if (run.status === "finished")
        resolve({ milliseconds: performance.now() - begun, steps: run.step });
    }),
  ];
  await client.runs.start({ specification, engine: "tensorflow" });
  const taken = await promise;
  for (const end of ends) end();
  return taken;
}

await loadBackend("tensorflow");
const { batchSize, discriminatorSteps } = specification.loop;
const { trainer } = await createTrainer(buildGan(specification), undefined, {
  eager: false,
  batchSizes: [Array.from({ length: discriminatorSteps }, () => batchSize)],
  sheet: 0,
});
const feed = randomFeed(specification, 1);

async function bareSteps(steps: number): Promise<number> {
  const begun = performance.now();
  for (let step = 1; step <= steps; step++) await trainer.step({ ...feed, step });
  return performance.now() - begun;
}

await bareSteps(20);
for (let round = 0; round < Number(rounds); round++) {
  const { milliseconds, steps } = await wholeEpoch();
  const bare = await bareSteps(steps);
  const share = ((milliseconds / bare - 1) * 100).toFixed(1);
  process.stdout.write(
    `${preset}: ${steps} steps, whole ${(milliseconds / 1000).toFixed(2)} s, bare ${(bare / 1000).toFixed(2)} s, ${share} % more\n`,
  );
}
trainer.dispose();
await api.close();
rmSync(home, { recursive: true, force: true });
