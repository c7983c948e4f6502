/**
 * A run that was interrupted and resumed ends in the same bits as one that was not: parameters, slots,
 * statistics, images and measurements. For every preset, compiled and operation by operation.
 */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { engines } from "../../support/engines.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { inSittings, sitting, tiny, type Computing } from "./support/sittings.ts";

/** Inside the first epoch, and at its end. */
const stops = [2, 3];

async function expectExact(specification: Specification, folder: string, computing: Computing) {
  const whole = await sitting(join(folder, "whole"), specification, computing);
  const parts = await inSittings(join(folder, "parts"), specification, computing, stops);
  // The first interruption left a checkpoint inside an epoch, which the whole run has none of.
  const { "state at 2": inside, ...others } = parts;
  expect(inside).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.keys(whole).filter((name) => name.startsWith("state"))).toHaveLength(2);
  expect(others).toEqual(whole);
}

const all = presets.map(({ id }) => id);
const modes = [
  { engine: "tensorflow", eager: false, mode: "compiled", ids: all },
  { engine: "tensorflow", eager: true, mode: "operation by operation", ids: all },
  // What is remembered is the same on every engine; the slow one need not show it of everything.
  {
    engine: "wasm",
    eager: true,
    mode: "operation by operation",
    ids: ["lsgan-dc", "cdcgan", "minimax-momentum", "conv16"],
  },
] as const;

for (const { mode, ids, ...computing } of modes) {
  const found = engines.find(({ name }) => name === computing.engine);
  describe.skipIf(found?.missing)(`a resumed run on ${found?.title ?? ""}, ${mode},`, () => {
    beforeAll(() => loadBackend(computing.engine));

    it.each(ids)(
      "ends as the uninterrupted one, bit for bit: %s",
      { timeout: 120_000 },
      async (id) => {
        const folder = temporaryFolder();
        await expectExact(tiny(folder, presetOf(id).specification), folder, computing);
      },
    );
  });
}
