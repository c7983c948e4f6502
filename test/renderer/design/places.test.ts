// @vitest-environment node
import { expect, test } from "vitest";
import { faultOf, partOf, placeTitle } from "../../../renderer/design/places.ts";

test("layers are counted from 1, and a network's end is the network", () => {
  expect(placeTitle({ section: "generator", layer: 4 })).toBe("Generator, layer 5");
  expect(placeTitle({ section: "discriminator", layer: null })).toBe("Discriminator");
});

test("each place is on the part of the page where it is edited", () => {
  expect(partOf({ section: "discriminator", layer: 1 })).toBe("networks");
  expect(partOf({ section: "loss", layer: null })).toBe("training");
  expect(partOf({ section: "whole", layer: null })).toBe("start");
});

test("a field that cannot be used is named as it is labelled", () => {
  expect(faultOf("loop.batchSize")).toEqual({ part: "start", title: "Batch size" });
  expect(faultOf("generator.layers.2.filters")).toEqual({
    part: "networks",
    title: "Generator, layer 3: Filters",
  });
  expect(faultOf("optimizers.discriminator.beta1")).toEqual({
    part: "training",
    title: "Discriminator: Beta 1",
  });
  expect(faultOf("generator.layers.1.shape.0")).toMatchObject({
    title: "Generator, layer 2: Shape",
  });
});
