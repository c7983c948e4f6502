/**
 * The engine's steps against numbers that were computed without it. With REFERENCE_TABLE=1 it also
 * prints how large the differences are.
 */
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadBackend, type EngineName } from "../../../main/engine/backend/backend.ts";
import { compiledTrainer } from "../../../main/engine/compile/compiled-trainer.ts";
import { buildGan, type Gan } from "../../../main/engine/gan.ts";
import { eagerTrainer } from "../../../main/engine/eager-trainer.ts";
import {
  compareWithReference,
  givenNoise,
  startOf,
  type Differences,
} from "../../support/compare-reference.ts";
import { engines } from "../../support/engines.ts";
import { gameOf } from "../../support/reference-games.ts";
import {
  readReference,
  referenceFolders,
  type Game,
  type Reference,
  type ReferenceFolder,
} from "../../support/reference.ts";

const trainers = {
  eager: (gan: Gan, reference: Reference) =>
    eagerTrainer(gan, startOf(gan, reference), { noise: (step) => givenNoise(reference, step) }),
  compiled: (gan: Gan, reference: Reference) =>
    compiledTrainer(gan, startOf(gan, reference), {
      noise: (step) => givenNoise(reference, step),
      batchSizes: [Array.from({ length: reference.criticSteps }, () => reference.batch)],
      sheet: reference.batch,
    }),
};

type Mode = keyof typeof trainers;

/** Only TensorFlow runs compiled steps. */
const modesOf = (engine: EngineName): Mode[] =>
  engine === "tensorflow" ? ["eager", "compiled"] : ["eager"];

async function differencesOf(
  folder: ReferenceFolder,
  system: string,
  { mode = "eager", game = gameOf(system) }: { mode?: Mode; game?: Game } = {},
): Promise<Differences> {
  const reference = readReference(folder, system, game);
  const gan = buildGan(reference.specification);
  const trainer = trainers[mode](gan, reference);
  const differences = await compareWithReference({ gan, trainer, game, reference });
  trainer.dispose();
  return differences;
}

const rows: string[] = [];
const row = (folder: string, engine: string, system: string, differences: Differences) => {
  const { loss, final, images, worst } = differences;
  const numbers = [loss, final, images].map((value) => value.toExponential(1));
  return `| ${[system, folder, engine, ...numbers, worst].join(" | ")} |`;
};

afterAll(() => {
  if (!process.env.REFERENCE_TABLE) return;
  const head = [
    "| system | numbers from | engine | loss, relative | final, absolute | images, absolute | largest at |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  process.stdout.write(`${[...head, ...rows.toSorted()].join("\n")}\n`);
});

for (const folder of referenceFolders) {
  describe.skipIf(folder.missing)(folder.title, () => {
    it("is of all systems", () => {
      expect(folder.systems.length).toBeGreaterThanOrEqual(10);
    });

    for (const engine of engines) {
      describe.skipIf(engine.missing)(engine.title, () => {
        beforeAll(async () => {
          await loadBackend(engine.name);
        });

        const cases = modesOf(engine.name).flatMap((mode) =>
          folder.systems.map((system) => [mode, system] as const),
        );
        it.each(cases)("%s, %s ends in the reference's numbers", async (mode, system) => {
          const before = tf.memory().numTensors;
          const differences = await differencesOf(folder, system, { mode });
          rows.push(row(folder.title, `${engine.name}, ${mode}`, system, differences));
          expect(differences.loss).toBeLessThan(1e-4);
          expect(differences.final, differences.worst).toBeLessThan(1e-4);
          expect(differences.images).toBeLessThan(1e-4);
          expect(tf.memory().numTensors).toBe(before);
        });
      });
    }
  });
}

const own = referenceFolders[0] as ReferenceFolder;
const wrong: [string, string, (game: Game) => Game][] = [
  [
    "a real label of 1 in place of 0.9",
    "vanilla-mlp",
    (game) => ({
      ...game,
      loss: { ...game.loss, realLabel: 1 } as Game["loss"],
    }),
  ],
  ["no clipping", "wgan-clip", (game) => ({ ...game, regularizers: [] })],
  [
    "a gradient penalty of 10.5 in place of 10",
    "wgan-gp",
    (game) => ({ ...game, regularizers: [{ kind: "gradientPenalty", weight: 10.5, target: 1 }] }),
  ],
  [
    "a momentum of 0.51 in place of 0.5",
    "minimax-momentum",
    (game) => ({ ...game, discriminator: { ...game.discriminator, momentum: 0.51 } as never }),
  ],
];

describe("a comparison with the reference", () => {
  const [engine] = engines.filter(({ missing }) => !missing);
  beforeAll(async () => {
    await loadBackend(engine?.name ?? "wasm");
  });

  it.each(wrong)("notices %s", async (_, system, change) => {
    const { loss, final } = await differencesOf(own, system, { game: change(gameOf(system)) });
    expect(Math.max(loss, final)).toBeGreaterThan(1e-4);
  });
});
