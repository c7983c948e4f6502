import { expect, it } from "vitest";
import { smallSpecification } from "../../../support/small-specification.ts";
import { openReal } from "./real-runs.ts";

it("a fork keeps the checkpoint with which it left its parent, however many come after it", async () => {
  const { client, train, finished } = await openReal();
  // One step an epoch.
  const specification = smallSpecification({ epochs: 4, batchSize: 64 });
  const parent = await train(specification, { engine: "wasm" });
  const { loop } = specification;
  const child = await finished(() =>
    client.runs.fork({
      ...{ id: parent, epoch: 3 },
      specification: { ...specification, loop: { ...loop, epochs: 40 } },
    }),
  );
  const { checkpoints } = await client.runs.get({ id: child });
  expect(checkpoints[0]).toMatchObject({ step: 3, epoch: 3 });
  expect(checkpoints.length).toBeLessThan(20);
  expect(await client.runs.reproduce({ id: child, steps: 3 })).toMatchObject({ outcome: "equal" });
});
