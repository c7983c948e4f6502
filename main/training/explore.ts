/** An exploring session: loads a checkpoint once, then answers questions about it, several at a time. */
import { toBytes, toUnitRange } from "../engine/pixels.ts";
import { loadBackend } from "../engine/backend/backend.ts";
import { vectorsBetween } from "../engine/explore/between.ts";
import { createExplorer, type Explorer, type Labels } from "../engine/explore/explorer.ts";
import { invert } from "../engine/explore/inversion.ts";
import { principalDirections } from "../engine/explore/principal-directions.ts";
import { sampleVectors } from "../engine/explore/truncation.ts";
import { buildGan } from "../engine/gan.ts";
import { sheetLabels } from "../engine/latent.ts";
import { reportOf } from "../spec/problem.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type {
  Answers,
  DrawnImages,
  ExploreJob,
  ExploreReport,
  FoundDirections,
  Question,
} from "./explore-messages.ts";
import { createNeighbourhood, rootMeanSquare, type Neighbourhood } from "./explore-nearest.ts";
import type { Requests } from "./explore-requests.ts";

/** Directions that get a name and a slider. */
const directionCount = 8;
/** Steps of a search; more hardly come nearer. */
const searchSteps = 200;
/** Milliseconds between two reports of a search. */
const reportEvery = 100;

/** What questions are answered from. */
interface Explored {
  explorer: Explorer;
  /** Found when they are first asked for: of a large latent space that takes a second. */
  directions: () => FoundDirections;
  neighbourhood: Neighbourhood;
}

/** Never returns: the owner's goodbye ends the process. Throws `checkpoint.damaged` or `engine.unavailable`. */
export async function explore(
  job: ExploreJob,
  requests: Requests,
  send: (report: ExploreReport) => void,
): Promise<never> {
  const gan = buildGan(job.specification);
  const { state, generatorOnly = false } = await readCheckpoint(gan, job.from);
  await loadBackend(job.engine);
  let found: FoundDirections | null = null;
  const directions = () => {
    const { directions, reason } = principalDirections(gan, state, directionCount);
    return { directions: directions ?? [], reason };
  };
  const explored: Explored = {
    explorer: withoutScores(createExplorer(gan, state), generatorOnly),
    directions: () => (found ??= directions()),
    neighbourhood: createNeighbourhood(job),
  };
  const called = new Set<number>();
  for (;;) {
    const request = await requests.next();
    if (request.kind === "callOff") called.add(request.number);
    else {
      const { number, question } = request;
      const watch: Watch = {
        isCalledOff: () => called.has(number),
        report: (done, total, distance) => {
          send({ kind: "searching", number, done, total, distance });
        },
      };
      void answer(explored, question, watch).then(
        (answered) => {
          send({ kind: "answered", number, answer: answered });
        },
        (thrown: unknown) => {
          if (process.env.GAN_STUDIO_DEBUG) console.error(thrown);
          send({ kind: "refused", number, problem: reportOf(thrown) });
        },
      );
    }
  }
}

/** Where the discriminator is as at a start, what it says means nothing: no score is a number then. */
const withoutScores = (explorer: Explorer, generatorOnly: boolean): Explorer =>
  generatorOnly
    ? {
        ...explorer,
        scores: (images) =>
          Promise.resolve(
            new Array<number>(
              images.length / sizeOf(shapeOfImage(explorer.gan.specification.image)),
            ).fill(NaN),
          ),
      }
    : explorer;

interface Watch {
  isCalledOff: () => boolean;
  report: (done: number, total: number, distance: number) => void;
}

async function answer(
  explored: Explored,
  question: Question,
  watch: Watch,
): Promise<Answers[keyof Answers]> {
  const { explorer, directions, neighbourhood } = explored;
  const { specification } = explorer.gan;
  const labelled = (count: number, label: number | null): Labels =>
    sheetLabels(specification, count, label) ?? null;
  switch (question.kind) {
    case "new": {
      const { seed, count, label, truncation } = question;
      const vectors = sampleVectors(specification.latent, count, seed, truncation);
      return draw(explorer, vectors, labelled(count, label));
    }
    case "given":
      return draw(explorer, question.vectors, question.labels);
    case "between": {
      const { from, to, count, label } = question;
      const { distribution } = specification.latent;
      return draw(explorer, vectorsBetween(from, to, count, distribution), labelled(count, label));
    }
    case "directions":
      return directions();
    case "nearest":
      return neighbourhood.nearest(question.pixels);
    case "search":
      return search(explorer, question, watch);
  }
}

async function draw(
  explorer: Explorer,
  vectors: Float32Array<ArrayBuffer>,
  labels: Labels,
): Promise<DrawnImages> {
  const images = await explorer.images(vectors, labels);
  return {
    ...{ count: vectors.length / explorer.gan.specification.latent.size, vectors, labels },
    ...{ pixels: toBytes(images), scores: await explorer.scores(images, labels) },
  };
}

async function search(
  explorer: Explorer,
  { pixels, label, seed }: Extract<Question, { kind: "search" }>,
  { isCalledOff, report }: Watch,
): Promise<Answers["search"]> {
  let reported = -Infinity;
  const found = await invert(explorer, {
    ...{ target: toUnitRange(pixels), label, seed, steps: searchSteps },
    async goesOn(done, total, error) {
      const now = performance.now();
      if (now - reported >= reportEvery || done === total) {
        reported = now;
        // From values in [−1, 1] to bytes.
        report(done, total, 127.5 * Math.sqrt(error));
      }
      // Messages come between two steps or never.
      await new Promise((resolve) => setImmediate(resolve));
      return !isCalledOff();
    },
  });
  const labels = found.label === null ? null : Uint8Array.of(found.label);
  const drawn = await draw(explorer, found.vector, labels);
  const sum = drawn.pixels.reduce((total, byte, i) => total + (byte - (pixels[i] ?? 0)) ** 2, 0);
  return { ...drawn, distance: rootMeanSquare(sum, pixels.length) };
}
