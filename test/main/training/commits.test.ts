import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import type { Trainer } from "../../../main/engine/trainer.ts";
import { decodeSafetensors } from "../../../main/files/safetensors.ts";
import { createCommits, type CommitContent } from "../../../main/training/commits.ts";
import type { Commit } from "../../../main/training/messages.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const learningRates = { generator: 0.1, discriminator: 0.2 };
const kept = { checkpoint: { learningRates } };
const at = (step: number, content: Partial<CommitContent> = {}): CommitContent => ({
  ...{ step, epoch: step, seconds: step, measurements: [] },
  ...content,
});

function open({ stopWhenDiverged = true } = {}) {
  const given = smallSpecification();
  const gan = buildGan({ ...given, loop: { ...given.loop, stopWhenDiverged } });
  const folder = temporaryFolder();
  for (const name of ["checkpoints", "samples"]) mkdirSync(join(folder, name));
  const state = initialState(gan);
  const [name, { values }] = Object.entries(state)[0]!;
  const pixelsOfOne = gan.specification.image.height * gan.specification.image.width;
  const trainer = {
    read: () => Promise.resolve(state),
    generate: (_: Float32Array, count: number) =>
      Promise.resolve(new Float32Array(count * pixelsOfOne * gan.specification.image.channels)),
  } as Partial<Trainer> as Trainer;
  const told: Commit[] = [];
  let room = Promise.resolve();
  const commits = createCommits({
    ...{ gan, folder, images: 8 },
    tell(commit) {
      const files = [...commit.samples, ...(commit.checkpoint ? [commit.checkpoint] : [])];
      for (const { file } of files) expect(existsSync(join(folder, file)), file).toBe(true);
      told.push(commit);
    },
    written: async (write) => {
      await room;
      return write();
    },
  });
  const first = (commit: Commit | undefined) => {
    const path = join(folder, commit?.checkpoint?.file ?? "");
    return decodeSafetensors(readFileSync(path), path).tensors[name]?.values[0];
  };
  const wait = (until: Promise<void>) => {
    room = until;
  };
  return { trainer, commits, told, values, first, wait };
}

describe("the commits of a run", () => {
  it("hold the state as it was when they began, though it is trained on before they are written", async () => {
    const { trainer, commits, told, values, first, wait } = open();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    wait(promise.then(() => undefined));
    values[0] = 1.5;
    expect(await commits.begin(trainer, at(3, kept))).toBe(true);
    values[0] = 2.5;
    expect(told).toEqual([]);
    resolve(undefined);
    await commits.settled();
    expect(first(told[0])).toBe(1.5);
  });

  it("are told one after the other, each when its files are there", async () => {
    const { trainer, commits, told } = open();
    await commits.begin(trainer, at(0, { sheet: { closesEpoch: false } }));
    await commits.begin(trainer, at(1, { ...kept, sheet: { closesEpoch: true } }));
    await commits.begin(trainer, at(2));
    await commits.settled();
    expect(told.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(told.map(({ samples }) => samples.length)).toEqual([1, 1, 0]);
    expect(told.map(({ checkpoint }) => checkpoint?.step)).toEqual([undefined, 1, undefined]);
    expect(told[1]?.samples[0]).toMatchObject({ step: 1, epoch: 1, closesEpoch: true });
    expect(told[1]?.samples[0]).not.toHaveProperty("pixels");
  });

  it("end with the first one that cannot be written", async () => {
    const { trainer, commits, told, wait } = open();
    const failure = new Error("no disk");
    wait(Promise.reject(failure));
    await commits.begin(trainer, at(1, kept));
    await expect(commits.settled()).rejects.toBe(failure);
    expect(commits.hasFailed()).toBe(true);
    await expect(commits.begin(trainer, at(2))).rejects.toBe(failure);
    expect(told).toEqual([]);
  });

  it("refuse a state that is not finite, or go on without it where the run does", async () => {
    const strict = open();
    strict.values[0] = NaN;
    await expect(strict.commits.begin(strict.trainer, at(1, kept))).rejects.toMatchObject({
      code: "run.diverged",
    });
    const lenient = open({ stopWhenDiverged: false });
    lenient.values[0] = NaN;
    expect(await lenient.commits.begin(lenient.trainer, at(1, kept))).toBe(false);
    await lenient.commits.settled();
    expect(lenient.told).toMatchObject([{ step: 1, checkpoint: null }]);
  });
});
