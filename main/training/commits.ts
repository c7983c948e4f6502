/**
 * The commits of a run in their order. What a commit holds is taken between two steps; the next
 * steps are done while it is written, and it is told once its files are durable.
 */
import type { Gan } from "../engine/gan.ts";
import type { Trainer } from "../engine/trainer.ts";
import type { LearningRates } from "../spec/learning-rates.ts";
import {
  takeCheckpoint,
  writeCheckpoint,
  writeSheet,
  type Place,
  type TakenCheckpoint,
  type TakenSheet,
} from "./artifacts.ts";
import { isDivergence } from "./divergence.ts";
import { drawFixedSheet } from "./fixed-sheet.ts";
import type { Commit } from "./messages.ts";

interface CommitsParts {
  gan: Gan;
  folder: string;
  /** Length of the data set. */
  images: number;
  /** Called in the order of `begin`. */
  tell: (commit: Commit) => void;
  /** Writes, again after a disk that was full. */
  written: <Result>(write: () => Promise<Result>) => Promise<Result>;
}

export interface CommitContent extends Place, Pick<Commit, "seconds" | "measurements"> {
  /** Draws the fixed samples: at an epoch's end, or inside one. */
  sheet?: { closesEpoch: boolean };
  /** Keeps the state, with these learning rates in force. */
  checkpoint?: { learningRates: LearningRates };
}

export interface Commits {
  /**
   * Resolves when everything is taken from the trainer, which may then go on; true with a checkpoint.
   * The commit before it is told by then. Throws `run.diverged`, and what `settled` throws.
   */
  begin(trainer: Trainer, content: CommitContent): Promise<boolean>;
  /** Resolves when all that has begun is told. Throws `disk.full` or `file.unwritable`. */
  settled(): Promise<void>;
  /** Whether `settled` would throw at once. */
  hasFailed(): boolean;
}

export function createCommits({ gan, folder, images, tell, written }: CommitsParts): Commits {
  let writing: Promise<void> = Promise.resolve();
  let failure: { thrown: unknown } | null = null;

  const settled = async () => {
    await writing;
    if (failure) throw failure.thrown;
  };

  /** Null for a state that is not finite, of a run that goes on in spite of it. */
  const taken = (trainer: Trainer, place: Place, learningRates: LearningRates) =>
    takeCheckpoint(gan, trainer, { ...place, images, learningRates }).catch((thrown: unknown) => {
      if (!gan.specification.loop.stopWhenDiverged && isDivergence(thrown)) return null;
      throw thrown;
    });

  const write = async (
    commit: Omit<Commit, "samples" | "checkpoint">,
    sheet: TakenSheet | undefined,
    checkpoint: TakenCheckpoint | null,
  ) => {
    const samples = sheet ? [await written(() => writeSheet(folder, gan, sheet))] : [];
    const record = checkpoint && (await written(() => writeCheckpoint(folder, checkpoint)));
    tell({ ...commit, samples, checkpoint: record });
  };

  return {
    async begin(trainer, { sheet, checkpoint, ...commit }) {
      await settled();
      const place = { step: commit.step, epoch: commit.epoch };
      const drawn = sheet && { ...place, ...sheet, ...(await drawFixedSheet(gan, trainer)) };
      const state = checkpoint ? await taken(trainer, place, checkpoint.learningRates) : null;
      writing = write(commit, drawn, state).catch((thrown: unknown) => {
        failure = { thrown };
      });
      return state !== null;
    },
    settled,
    hasFailed: () => failure !== null,
  };
}
