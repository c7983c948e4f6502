import { expect, test } from "vitest";
import { dataRights } from "../../../main/exporting/card-data.ts";
import { loadingOf } from "../../../main/exporting/card-loading.ts";
import { modelCard } from "../../../main/exporting/card.ts";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import { exportModel, type NetworkName } from "../../../main/exporting/model.ts";
import { downloadIds } from "../../../main/spec/downloads.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { scaledDown } from "../../support/scaled-down.ts";

function modelOf(preset: string, player: NetworkName) {
  const specification = scaledDown(presetOf(preset).specification);
  const state = initialState(buildGan(specification));
  return exportModel({ specification, state, player, useAverage: false });
}

test("the card says what it is, how far it was checked and how it is loaded", () => {
  const model = modelOf("cdcgan", "generator");
  const card = modelCard({
    ...{ title: "A | run\n# with signs", about: "It draws <b>.", facts: [["Seed", "7"]] },
    ...{ input: model.input, labels: model.labels, output: model.output },
    formats: [
      {
        ...{ title: "ONNX", files: ["generator.onnx"], difference: 2.4e-7, half: false },
        ...{ checkedBy: "onnxruntime", loading: loadingOf("onnx", model, "generator.onnx") },
      },
      {
        ...{ title: "Page", files: ["generator.html"], difference: 1e-3, half: true },
        ...{ checkedBy: "the page", loading: null },
      },
      {
        ...{ title: "New samples", files: ["samples.npy"], difference: null, half: false },
        ...{ checkedBy: "its size", loading: null },
      },
    ],
    rights: dataRights("mnist"),
  });
  expect(card.split("\n")[0]).toBe("# A \\| run \\# with signs");
  expect(card).toContain("| Seed | 7 |");
  expect(card).toContain("difference from GAN Studio's own numbers is 2.4e-7.");
  expect(card).toContain("own numbers is 1.0e-3 (kernels in half precision).");
  expect(card).toContain("It draws \\<b\\>.");
  expect(card).toContain('onnxruntime.InferenceSession("generator.onnx")');
  expect(card).toContain('"label": np.arange(16) % 10');
  expect(card).toContain("Creative Commons Attribution-ShareAlike 3.0");
});

test("every public data set has its rights told, others are the user's", () => {
  for (const id of downloadIds) expect(dataRights(id)).toMatch(/https:\/\//);
  expect(dataRights("digits")).toMatch(/draws itself/);
  expect(dataRights(null)).toMatch(/yours to state/);
});

test("each format is loaded in three lines, or four", () => {
  for (const player of ["generator", "discriminator"] as const) {
    const model = modelOf("cdcgan", player);
    for (const format of ["onnx", "keras", "tfjs", "pytorch", "safetensors"] as const) {
      const lines = loadingOf(format, model, "file").code.split("\n");
      expect(lines).toHaveLength(format === "pytorch" ? 4 : 3);
    }
  }
  const fixed = loadingOf("onnx", modelOf("lsgan-dc", "generator"), "file", 4);
  expect(fixed.code).toContain("np.random.uniform(-1, 1, (4, 96))");
});
