import { resolve } from "node:path";
import { expect, it } from "vitest";
import { withFeaturesFrom } from "../../../main/cli/features-path.ts";
import { smallSpecification } from "../../support/small-specification.ts";

it("a file of features is meant from the folder of the command; a whole path and «~» stay", () => {
  const small = smallSpecification();
  const named = (features: string | null) =>
    withFeaturesFrom({ ...small, outputs: { ...small.outputs, features } }, resolve("/work"))
      .outputs.features;
  expect(named("nets/encoder.onnx")).toBe(resolve("/work/nets/encoder.onnx"));
  expect(named(resolve("/nets/encoder.onnx"))).toBe(resolve("/nets/encoder.onnx"));
  expect(named("~/encoder.onnx")).toBe("~/encoder.onnx");
  expect(named(null)).toBeNull();
});
