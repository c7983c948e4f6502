/**
 * Takes in a generator from an export: its weights become a checkpoint like any other, in which the
 * discriminator and the optimisers are as at a start, and which says so. In a session's process, because
 * what is read is not trusted.
 */
import { join } from "node:path";
import { loadBackend } from "../engine/backend/backend.ts";
import { eagerTrainer } from "../engine/eager-trainer.ts";
import { averageName, buildGan, initialState } from "../engine/gan.ts";
import type { HostTensors } from "../engine/tensors.ts";
import { readModelFiles } from "../exporting/import.ts";
import { durableWrite } from "../files/durable-write.ts";
import { checkpointFile, sampleFile } from "../files/run-files.ts";
import { firstRates } from "../spec/learning-rates.ts";
import { Problem } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";
import { encodeCheckpoint } from "./checkpoint.ts";
import type { Adopted, AdoptJob } from "./export-messages.ts";
import { drawFixedSheet, encodeFixedSheet } from "./fixed-sheet.ts";

/** Throws `export.unreadable`, `engine.*`, `disk.full`, `file.unwritable`. */
export async function adopt({ path, engine, folder }: AdoptJob): Promise<Adopted> {
  const model = await readModelFiles(path);
  if (model.player !== "generator") {
    throw new Problem(
      "export.unreadable",
      `${path} holds a discriminator; only a generator can be opened, for it draws images.`,
    );
  }
  // The weights that count are the only ones in the file, whether they were an average or not.
  const specification: Specification = { ...model.specification, generatorAverage: null };
  const gan = buildGan(specification);
  const state: HostTensors = { ...initialState(gan), ...generatorOf(model.state) };
  await loadBackend(engine);
  const trainer = eagerTrainer(gan, state);
  try {
    const drawing = await drawFixedSheet(gan, trainer);
    if (!drawing.pixels.every(Number.isFinite)) {
      throw new Problem("export.unreadable", `${path} draws values that are no numbers.`);
    }
    const step = wholeOf(model.facts.step);
    const epoch = wholeOf(model.facts.epoch);
    const png = await encodeFixedSheet(gan, drawing);
    const { count, columns } = drawing;
    const snapshot = {
      ...{ step, state, images: 1, generatorOnly: true },
      learningRates: firstRates(specification.optimizers),
    };
    const [checkpoint, sheet] = [checkpointFile(step), sampleFile(step)];
    const stored = await durableWrite(join(folder, checkpoint), encodeCheckpoint(gan, snapshot));
    const drawn = await durableWrite(join(folder, sheet), png);
    return {
      specification,
      name: textOf(model.facts.name),
      dataset: textOf(model.facts.dataset) ?? "unknown data",
      checkpoint: { ...stored, file: checkpoint, step, epoch },
      sheet: { ...drawn, file: sheet, count, columns },
    };
  } finally {
    trainer.dispose();
  }
}

/** By the plain names, also where they were averages. */
const generatorOf = (state: HostTensors): HostTensors =>
  Object.fromEntries(
    Object.entries(state).flatMap(([name, tensor]) =>
      name.startsWith("generator.") && name !== averageName(name) ? [[name, tensor]] : [],
    ),
  );

/** What a file says of itself may be anything. */
function wholeOf(text: string | undefined): number {
  const value = Number(text ?? "0");
  return Number.isSafeInteger(value) && value >= 0 && value <= 1e9 ? value : 0;
}

function textOf(text: string | undefined): string | null {
  const told = text?.trim().slice(0, 200) ?? "";
  return told === "" ? null : told;
}
