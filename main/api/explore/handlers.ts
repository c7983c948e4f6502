/** Commands that look around in a trained generator. */
import { bytesOfVectors, type ExploredImages } from "../../contract/explore.ts";
import type { Handlers } from "../../contract/commands.ts";
import { encodeAnimation } from "../../files/animation.ts";
import { Problem, reportOf } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { cacheFolder, runFile } from "../../store/layout.ts";
import { getRun, getSpecification } from "../../store/runs.ts";
import type {
  Answers,
  DrawnImages,
  ExploreJob,
  Question,
} from "../../training/explore-messages.ts";
import type { ApiContext } from "../context.ts";
import { tellDamage } from "../runs/damage.ts";
import {
  checkedLabel,
  checkedLabels,
  checkedPixels,
  checkedTruncation,
  checkedVectors,
} from "./checks.ts";
import type { Explorations } from "./explorations.ts";

type Explore = Pick<Handlers, Extract<keyof Handlers, `explore.${string}`>>;

/** A checkpoint that was asked about. */
interface Asked {
  id: string;
  step?: number | undefined;
}

/** Milliseconds between two images of an animation, and the size that it is enlarged to, in pixels. */
const frameTime = 60;
const animationSize = 256;

export function exploreHandlers(context: ApiContext): Explore {
  const { home, explorations, announcer, held } = context;
  /** Checkpoints that were what was written when they were first asked about. */
  const sound = new Set<string>();

  /** The asked one or, where it is damaged, the newest sound one before it, which the run then tells. */
  async function intactAt(id: string, asked: CheckpointRow): Promise<CheckpointRow> {
    const key = ({ sha256 }: CheckpointRow) => `${id} ${sha256}`;
    if (sound.has(key(asked))) return asked;
    const { checkpoint, damaged } = await newestIntactCheckpoint(home, id, asked.step);
    tellDamage(context, id, damaged, checkpoint.step);
    sound.add(key(checkpoint));
    return checkpoint;
  }

  async function placeOf({ id, step }: Asked) {
    getRun(home, id);
    const specification = parseSpecification(getSpecification(home, id));
    const kept = listCheckpoints(home, id);
    const wanted =
      step === undefined ? kept.at(-1) : kept.find((candidate) => candidate.step === step);
    if (!wanted) throw noCheckpoint(id, step, kept);
    const checkpoint = await intactAt(id, wanted);
    const find = (): Promise<ExploreJob> => {
      const from = {
        path: runFile(home.folder, id, checkpoint.file),
        sha256: checkpoint.sha256,
      };
      const cache = cacheFolder(home.folder);
      return Promise.resolve({ kind: "explore", specification, engine: "auto", from, cache });
    };
    const ask = <Kind extends Question["kind"]>(
      question: Extract<Question, { kind: Kind }>,
      onProgress?: Parameters<Explorations["ask"]>[3],
    ): Promise<Answers[Kind]> =>
      held
        .during(id, [checkpoint.step], () =>
          explorations.ask({ run: id, step: checkpoint.step }, find, question, onProgress),
        )
        .catch((thrown: unknown) => {
          // It was sound when it was looked at last; the next question looks again.
          if (reportOf(thrown).code === "checkpoint.damaged") sound.clear();
          throw thrown;
        });
    return { specification, checkpoint, ask };
  }

  const way = (
    specification: Specification,
    asked: { from: Uint8Array; to: Uint8Array; count: number; label: number | null },
  ) => ({
    kind: "between" as const,
    from: checkedVectors(specification, asked.from, 1),
    to: checkedVectors(specification, asked.to, 1),
    count: asked.count,
    label: checkedLabel(specification, asked.label),
  });

  return {
    async "explore.images"({ latent, ...asked }) {
      const { specification, checkpoint, ask } = await placeOf(asked);
      if (latent.kind === "new") {
        checkedLabel(specification, latent.label);
        checkedTruncation(specification, latent.truncation);
        return explored(specification, checkpoint, await ask<"new">(latent));
      }
      const vectors = checkedVectors(specification, latent.vectors);
      const count = vectors.length / specification.latent.size;
      const labels = checkedLabels(specification, latent.labels, count);
      const drawn = await ask<"given">({ kind: "given", vectors, labels });
      return explored(specification, checkpoint, drawn);
    },

    async "explore.between"(asked) {
      const { specification, checkpoint, ask } = await placeOf(asked);
      const drawn = await ask<"between">(way(specification, asked));
      return explored(specification, checkpoint, drawn);
    },

    async "explore.animation"({ format, ...asked }) {
      const { specification, ask } = await placeOf(asked);
      const drawn = await ask<"between">(way(specification, asked));
      const { image } = specification;
      const scale = Math.max(1, Math.floor(animationSize / Math.max(image.height, image.width)));
      const { pixels, count } = thereAndBack(drawn);
      const delays = new Array<number>(count).fill(frameTime);
      return {
        file: await encodeAnimation({ ...image, count, pixels, format, scale, delays }),
      };
    },

    async "explore.directions"(asked) {
      const { directions, reason } = await (
        await placeOf(asked)
      ).ask<"directions">({ kind: "directions" });
      const sent = directions.map(({ vector, share }) => ({
        vector: bytesOfVectors(vector),
        share,
      }));
      return { directions: sent, reason };
    },

    async "explore.nearest"({ pixels, ...asked }) {
      const { specification, ask } = await placeOf(asked);
      const checked = checkedPixels(specification, pixels);
      const found = await ask<"nearest">({ kind: "nearest", pixels: checked });
      const images = { ...specification.image, count: found.places.length, pixels: found.pixels };
      return { ...found, images };
    },

    async "explore.search"({ pixels, label, seed, ...asked }) {
      const { specification, checkpoint, ask } = await placeOf(asked);
      const question = {
        kind: "search" as const,
        pixels: checkedPixels(specification, pixels),
        label: checkedLabel(specification, label),
        seed,
      };
      const found = await ask<"search">(question, ({ done, total, distance }) => {
        announcer.announce("explore.searching", { id: asked.id, done, total, distance });
      });
      return { ...explored(specification, checkpoint, found), distance: found.distance };
    },

    "explore.cancelSearch": ({ id }) => ({ cancelled: explorations.callOff(id) }),
    "explore.close": ({ id }) => ({ closed: explorations.close(id) }),
  };
}

const explored = (
  { image }: Specification,
  { step, epoch }: CheckpointRow,
  { count, vectors, labels, pixels, scores }: DrawnImages,
): ExploredImages => ({
  ...{ step, epoch, scores },
  images: { ...image, count, pixels },
  vectors: bytesOfVectors(vectors),
  labels: labels && [...labels],
});

/** The images and then the inner ones in reverse, so that the last one leads to the first. */
function thereAndBack({ count, pixels }: DrawnImages): { count: number; pixels: Uint8Array } {
  const size = pixels.length / count;
  const order = Array.from({ length: 2 * count - 2 }, (_, i) =>
    i < count ? i : 2 * count - 2 - i,
  );
  const all = new Uint8Array(order.length * size);
  for (const [place, index] of order.entries()) {
    all.set(pixels.subarray(index * size, (index + 1) * size), place * size);
  }
  return { count: order.length, pixels: all };
}

function noCheckpoint(id: string, step: number | undefined, kept: CheckpointRow[]): Problem {
  const steps = kept.map((checkpoint) => checkpoint.step).join(", ");
  return new Problem(
    "run.nocheckpoint",
    step === undefined
      ? `The run ${id} has no checkpoint yet; one is written at the end of the first epoch, or by «save now».`
      : `The run ${id} keeps no checkpoint of step ${step}. It has: ${steps || "none yet"}.`,
  );
}
