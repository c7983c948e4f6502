// @vitest-environment node
import { expect, test } from "vitest";
import { LayerDrag } from "../../../renderer/design/layer-drag.svelte.ts";

test("a drag knows what it carries and where it would land, until it ends", () => {
  const drag = new LayerDrag();
  drag.start({ kind: "relu" });
  drag.over({ network: "generator", layer: 2 });
  const { target } = drag;
  drag.over({ network: "generator", layer: 2 });
  expect(drag.target).toBe(target);
  drag.over({ network: "discriminator", layer: 2 });
  expect(drag.target).toEqual({ network: "discriminator", layer: 2 });
  expect(drag.dragged).toEqual({ kind: "relu" });
  drag.end();
  expect([drag.dragged, drag.target]).toEqual([null, null]);
});
