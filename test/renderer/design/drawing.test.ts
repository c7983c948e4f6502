// @vitest-environment node
import { expect, test } from "vitest";
import { flowsOf } from "../../../main/spec/cost.ts";
import { followNetwork } from "../../../main/spec/flow.ts";
import { dense, flatten, relu } from "../../../main/spec/layers/shorthand.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { drawingHeight, drawingOf, scaleOf, tensorsOf } from "../../../renderer/design/drawing.ts";

test("each new shape is drawn once, up to where shapes are known", () => {
  const flow = followNetwork({ layers: [dense(8), relu, dense(4), relu] }, [2]);
  expect(tensorsOf(flow).map(({ layer }) => layer)).toEqual([-1, 0, 2]);
  const broken = followNetwork({ layers: [flatten, dense(4)] }, null);
  expect(tensorsOf(broken)).toEqual([]);
  expect(drawingOf(broken, scaleOf([broken])).width).toBeGreaterThan(0);
});

test("a larger tensor is a larger block", () => {
  const flows = flowsOf(presetOf("dcgan-bce").specification);
  const { blocks } = drawingOf(flows.generator, scaleOf([flows.generator, flows.discriminator]));
  expect(blocks.map(({ label }) => label)).toEqual([
    "100",
    "6272",
    "7×7×128",
    "14×14×64",
    "28×28×1",
  ]);
  const [noise, dense1, first, second, image] = blocks;
  expect(dense1!.height).toBeGreaterThan(noise!.height);
  expect(second!.height).toBeGreaterThan(first!.height);
  expect(image!.depth).toBeGreaterThan(second!.depth);
  expect(first!.thickness).toBeGreaterThan(image!.thickness);
});

test("the blocks of every preset stand apart and inside the drawing", () => {
  for (const { specification } of presets) {
    const flows = flowsOf(specification);
    for (const flow of [flows.generator, flows.discriminator]) {
      const { blocks, width } = drawingOf(flow, scaleOf([flows.generator, flows.discriminator]));
      let right = 0;
      for (const block of blocks) {
        expect(block.x).toBeGreaterThanOrEqual(right);
        right = block.x + block.thickness + block.depth;
        expect(block.height + block.depth / 2).toBeLessThanOrEqual(drawingHeight);
      }
      expect(right).toBeLessThanOrEqual(width);
    }
  }
});
