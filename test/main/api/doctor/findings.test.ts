/** What the Doctor says through the api, of real sessions in real processes. */
import { expect, onTestFinished, test } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import type { Finding } from "../../../../main/spec/doctor/finding.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const engine = "wasm";

/** Sixty steps; its discriminator stands still. */
function idleRun(): Specification {
  const specification = smallSpecification({ epochs: 15 });
  const { optimizers } = specification;
  const discriminator = { ...optimizers.discriminator, learningRate: 0 };
  return { ...specification, optimizers: { ...optimizers, discriminator } };
}

async function open() {
  const api = await openApi({ home: temporaryFolder() });
  onTestFinished(() => api.close());
  const client = createClient(api);
  const trained = async (specification: Specification) => {
    const announced: { id: string; findings: Finding[] }[] = [];
    const stop = api.subscribe("run.findings", (told) => {
      announced.push(told);
    });
    const over = new Promise<void>((resolve) => {
      api.subscribe("run.changed", ({ status }) => {
        if (status === "finished" || status === "failed") resolve();
      });
    });
    const { id } = await client.runs.start({ specification, engine });
    await over;
    stop();
    return { id, announced };
  };
  return { client, trained };
}

test("what is wrong with a run is announced, and told of the ended run", async () => {
  const { client, trained } = await open();
  const { id, announced } = await trained(idleRun());
  const { findings } = await client.runs.findings({ id });
  expect(findings).toMatchObject([
    { id: "frozen-loss", name: "The discriminator does not learn", severity: "serious", since: 1 },
  ]);
  expect(announced.at(-1)).toEqual({ id, findings });
  expect(findings[0]?.remedies[0]).toMatchObject({
    ...{ by: "fork", patch: { optimizers: { discriminator: { learningRate: 0.001 } } } },
  });
});

test("a run that diverged says so, after it was opened again too", async () => {
  const { client, trained } = await open();
  const specification = smallSpecification({ epochs: 15 });
  const { generator, discriminator } = specification.optimizers;
  const huge = ({ schedule }: Specification["optimizers"]["generator"]) => ({
    ...{ kind: "sgd" as const, learningRate: 1000, momentum: 0.9, nesterov: false, schedule },
  });
  const { id } = await trained({
    ...specification,
    optimizers: { generator: huge(generator), discriminator: huge(discriminator) },
    loss: {
      kind: "leastSquares",
      realLabel: 1,
      fakeLabel: 0,
      generatorLabel: 1,
      terms: "sum",
      flipRate: 0,
    },
  });
  expect((await client.runs.get({ id })).run.code).toBe("run.diverged");
  expect((await client.runs.findings({ id })).findings[0]).toMatchObject({
    ...{ id: "divergence", severity: "serious" },
  });
});

test("an unknown run is a problem", async () => {
  const { client } = await open();
  await expect(client.runs.findings({ id: "no-such-run" })).rejects.toMatchObject({
    code: "run.unknown",
  });
});
