import { expect, it } from "vitest";
import type { ExportModel } from "../../../main/exporting/model.ts";
import { newLosses } from "../../../main/spec/defaults.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { shownFacts } from "../../../main/training/export-card.ts";
import type { ExportJob } from "../../../main/training/export-messages.ts";

const run = {
  name: "A",
  id: "a",
  dataset: "Digits",
  epoch: 1,
  step: 390,
  metrics: [],
  version: "1",
};

const factsOf = (specification: Specification) =>
  Object.fromEntries(
    shownFacts(
      { specification, player: "generator", run: { ...run, losses: null } } as unknown as ExportJob,
      { average: false } as ExportModel,
    ),
  );

it("a card names a preset's source, and says what is not as it has it", () => {
  const { specification, source } = presetOf("vanilla-mlp");
  expect(factsOf(specification)).toMatchObject({
    Design: expect.stringMatching(/Goodfellow et al\. 2014[^:]*: Salimans et al\. 2016$/) as string,
    "Trained for": "1 epoch, 390 steps",
  });
  const changed = { ...specification, loss: newLosses.hinge, regularizers: [] };
  expect(factsOf(changed).Design).toContain(`after ${source}; changed here: loss`);
  expect(factsOf({ ...specification, preset: null }).Design).toBe("of its own");
});
