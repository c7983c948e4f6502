// @vitest-environment node
import { expect, test } from "vitest";
import { newLosses, newRegularizers } from "../../../main/spec/defaults.ts";
import { helpOfField, helpOfKind } from "../../../renderer/design/field-help.ts";

test("every loss and every regularizer is explained, with its own text", () => {
  for (const kind of [...Object.keys(newLosses), ...Object.keys(newRegularizers)])
    expect(helpOfKind("loss", kind)?.title, kind).toBeTruthy();
  expect(helpOfKind("optimizer", "sgd")).toBe(helpOfKind("optimizer", "adam"));
});

test("a name is explained where it means that, and not where it means something else", () => {
  expect(helpOfField(["optimizers", "generator", "momentum"])?.title).toBe("Momentum");
  expect(helpOfField(["generator", "layers", 2, "momentum"])).toBeUndefined();
  expect(helpOfField(["latent", "size"])?.title).toBe("Latent size");
  expect(helpOfField(["loop", "epochs"])?.title).toBe("Epochs");
  expect(helpOfField(["optimizers", "generator", "schedule", "epochs"])).toBeUndefined();
  expect(helpOfField(["discriminator", "layers", 0, "spectralNorm"])?.source).toMatch(/Miyato/);
});
