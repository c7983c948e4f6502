import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { largestAllowed, largestDifference } from "../../../main/exporting/difference.ts";
import { exactOutput, isSameNetwork } from "../../../main/exporting/exact.ts";
import { exportModel } from "../../../main/exporting/model.ts";
import { engineOutput } from "../../../main/exporting/reference.ts";
import { colour64, rows, strides } from "../../support/export-cases.ts";
import { inputsFor, sourceOf } from "../../support/trained-like.ts";

describe("numbers without rounding", () => {
  beforeAll(async () => {
    await loadBackend("auto");
  });

  it.each([colour64, rows, strides])(
    "are the engine's, but for rounding: $name",
    async (network) => {
      for (const player of ["generator", "discriminator"] as const) {
        const source = sourceOf(network.specification, player);
        const model = exportModel(source);
        const inputs = inputsFor(model, 4);
        const exact = exactOutput(model, inputs);
        expect(largestDifference(await engineOutput(source, inputs), exact)).toBeLessThan(
          largestAllowed,
        );
      }
    },
  );

  it("tell the engine's rounding from an export that is wrong", () => {
    const model = exportModel(sourceOf(strides.specification, "generator"));
    const inputs = inputsFor(model, 2);
    const exact = exactOutput(model, inputs);
    const moved = (by: number) => exact.map((value, place) => value + (place === 5 ? by : 0));
    const isSame = (engine: Float32Array, exported: Float32Array) =>
      isSameNetwork({ engine, exported }, () => exact);
    expect(isSame(exact, moved(0.5 * largestAllowed))).toBe(true);
    expect(isSame(moved(2 * largestAllowed), exact)).toBe(true);
    expect(isSame(exact, moved(2 * largestAllowed))).toBe(false);
    // What is further from the engine than rounding leads is another network, however exact.
    expect(isSame(moved(20 * largestAllowed), exact)).toBe(false);
    expect(isSame(exact, moved(NaN))).toBe(false);
  });
});
