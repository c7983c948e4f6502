/**
 * Whether checkpoints that came from elsewhere are what they say: tensors as the specification's
 * networks need them, and images as they were stored. In a session's process, because what is read is
 * not trusted, and drawing needs an engine.
 */
import { readFile } from "node:fs/promises";
import { loadBackend } from "../engine/backend/backend.ts";
import { createTrainer } from "../engine/create-trainer.ts";
import { buildGan, stateShapes, type Gan } from "../engine/gan.ts";
import type { HostTensors } from "../engine/tensors.ts";
import { decodePng } from "../files/png.ts";
import { damagedCheckpoint } from "../files/read-verified.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { drawFixedSheet, encodeFixedSheet } from "./fixed-sheet.ts";
import type { FromSession, VerifyJob } from "./messages.ts";

/** Throws `checkpoint.damaged`, naming the path, or `engine.unavailable`. */
export async function verify(
  { specification, engine, eager, checkpoints, sheet }: VerifyJob,
  send: (message: FromSession) => void,
): Promise<void> {
  const gan = buildGan(specification);
  const wanted = new Set(Object.keys(stateShapes(gan)));
  let drawn: HostTensors | null = null;
  let bytes = 0;
  for (const checkpoint of checkpoints) {
    const { step, state } = await readCheckpoint(gan, checkpoint);
    if (step !== checkpoint.step) throw damagedCheckpoint(checkpoint.path, "is of another step");
    const foreign = Object.keys(state).find((name) => !wanted.has(name));
    if (foreign !== undefined)
      throw damagedCheckpoint(checkpoint.path, "holds tensors that the run's networks do not have");
    if (step === sheet?.step) drawn = state;
    bytes += checkpoint.bytes;
    send({ type: "verifying", bytes });
  }
  if (!sheet || !drawn) {
    send({ type: "verified", difference: null });
    return;
  }
  await loadBackend(engine);
  const stored = await decodePng(await readFile(sheet.path));
  const again = await decodePng(await fixedSheet(gan, drawn, eager));
  send({ type: "verified", difference: largestDifference(stored.pixels, again.pixels) });
}

async function fixedSheet(gan: Gan, state: HostTensors, eager: boolean): Promise<Uint8Array> {
  const { fixedSamples: sheet } = gan.specification.outputs;
  const { trainer } = await createTrainer(gan, state, { eager, batchSizes: [], sheet });
  try {
    return await encodeFixedSheet(gan, await drawFixedSheet(gan, trainer));
  } finally {
    trainer.dispose();
  }
}

/** Sheets of another size differ in everything. */
function largestDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return 255;
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 0))), 0);
}
