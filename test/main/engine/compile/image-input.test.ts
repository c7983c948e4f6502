import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { compiledTrainer } from "../../../../main/engine/compile/compiled-trainer.ts";
import { createGraph } from "../../../../main/engine/compile/graph.ts";
import { addImageInput, feedImages } from "../../../../main/engine/compile/image-input.ts";
import { openSession } from "../../../../main/engine/compile/session.ts";
import { buildGan } from "../../../../main/engine/gan.ts";
import { toUnitRange } from "../../../../main/engine/pixels.ts";
import { randomFeed } from "../../../support/random-feed.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";

describe.skipIf(tensorflowMissing)(`images fed to a graph on ${tensorflowTitle}`, () => {
  it("as bytes are scaled to the very numbers that they are elsewhere", async () => {
    await loadBackend("tensorflow");
    const shape = [1, 16, 16, 1];
    const graph = createGraph();
    const input = addImageInput(graph, "real", shape);
    const session = openSession(graph);
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(session.run([feedImages(input, bytes, shape)], [input.numbers])).toEqual([
      toUnitRange(bytes),
    ]);
    session.close();
  });

  it("lead to the very same step as numbers", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification();
    const gan = buildGan(specification);
    const batchSizes = [[specification.loop.batchSize]];
    const [first, second] = [1, 2].map(() => compiledTrainer(gan, undefined, { batchSizes }));
    const { batches, ...feed } = randomFeed(specification, 1);
    const bytes = batches.map((pixels) =>
      Uint8Array.from(pixels, (_, place) => (place * 37) % 256),
    );
    const measured = await first?.step({ ...feed, batches: bytes });
    expect(measured).toEqual(await second?.step({ ...feed, batches: bytes.map(toUnitRange) }));
    expect(await first?.read()).toEqual(await second?.read());
    first?.dispose();
    second?.dispose();
  });
});
