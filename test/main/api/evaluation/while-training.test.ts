/** Runs that are evaluated while they train, with checkpoints that are files and sessions played by hand. */
import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { evaluationExample } from "../../../support/evaluation.ts";
import { closePlayed, commitAt, fakeHost, ready } from "../../../support/fake-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

async function open(outputs: Partial<Specification["outputs"]>) {
  const { host, sessions } = fakeHost();
  const home = temporaryFolder();
  const api = await openApi({ home, sessions: host });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const small = smallSpecification({ epochs: 50 });
  const specification = { ...small, outputs: { ...small.outputs, evaluateEvery: 1, ...outputs } };
  const { id } = await client.runs.start({ specification, engine: "wasm" });
  const folder = join(home, "runs", id, "checkpoints");
  const fileOf = (epoch: number) => `step-${(epoch * 4).toString().padStart(9, "0")}.safetensors`;
  const training = () => sessions.findLast(({ received }) => jobKind(received[0]) === "train")!;
  const evaluating = () => sessions.filter(({ received }) => jobKind(received[0]) === "evaluate");
  training().say(ready);
  const close = (epoch: number) => {
    const content = `weights of epoch ${epoch}`;
    writeFileSync(join(folder, fileOf(epoch)), content);
    const sha256 = createHash("sha256").update(content).digest("hex");
    const file = `checkpoints/${fileOf(epoch)}`;
    const checkpoint = { step: epoch * 4, epoch, file, bytes: content.length, sha256 };
    training().say(commitAt(epoch * 4, { epoch, checkpoint }));
  };
  /** Closes an epoch, has it evaluated, and tells whether the run was asked to stop. */
  const closeWith = async (epoch: number, distance: number) => {
    close(epoch);
    const session = evaluating().at(-1)!;
    session.say({ type: "measured", evaluation: evaluationExample(epoch, distance) });
    session.say({ type: "evaluated" });
    await client.runs.evaluations({ id, settled: true });
    return training().received.some(({ type }) => type === "stop");
  };
  const kept = () =>
    readdirSync(folder)
      .map((name) => Number(/\d+/.exec(name)?.[0]) / 4)
      .sort((a, b) => a - b);
  return { client, id, training, evaluating, close, closeWith, kept };
}

const jobKind = (first: unknown): string | undefined =>
  (first as { job?: { kind: string } } | undefined)?.job?.kind;

it("what is being evaluated, or waits for it, is dropped only when that is done", async () => {
  const { evaluating, close, kept } = await open({});
  for (let epoch = 1; epoch <= 6; epoch++) close(epoch);
  const first = evaluating()[0]!;
  expect(first.received[0]).toMatchObject({ job: { checkpoints: [{ epoch: 1 }] } });
  await expect.poll(kept).toEqual([1, 5, 6]);
  first.say({ type: "measured", evaluation: evaluationExample(1, 7) });
  first.say({ type: "evaluated" });
  await expect.poll(() => evaluating().length).toBe(2);
  expect(evaluating()[1]!.received[0]).toMatchObject({ job: { checkpoints: [{ epoch: 6 }] } });
  for (let epoch = 7; epoch <= 9; epoch++) close(epoch);
  await expect.poll(kept).toEqual([5, 6, 8, 9]);
});

it("a run that was stopped for want of improvement and is resumed gets its time anew", async () => {
  const { client, id, training, closeWith } = await open({ stopAfter: 2 });
  expect(await closeWith(1, 5)).toBe(false);
  expect(await closeWith(2, 6)).toBe(false);
  expect(await closeWith(3, 7)).toBe(true);
  training().say({ type: "ended", outcome: "stopped" });
  await client.runs.resume({ id, engine: "wasm" });
  training().say(ready);
  expect(await closeWith(4, 8)).toBe(false);
  expect(await closeWith(5, 9)).toBe(true);
});
