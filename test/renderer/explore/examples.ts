/** A generator of two numbers whose one-pixel images are made of them: what is drawn can be foretold. */
import { bytesOfVectors, vectorsOfBytes } from "../../../main/contract/explore.ts";
import type { ExploredImages } from "../../../main/contract/explore.ts";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunDetail } from "../../../main/contract/runs.ts";
import { Exploration } from "../../../renderer/explore/exploration.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleDetail } from "../examples.ts";

/** A grey pixel of ten times the first number; the score is the second. */
export function drawnOf(
  vectors: number[][],
  labels: number[] | null = null,
  step = 284,
): ExploredImages {
  return {
    ...{ step, epoch: 2, labels },
    images: {
      ...{ count: vectors.length, height: 1, width: 1, channels: 1 },
      pixels: Uint8Array.from(vectors, ([first = 0]) => first * 10),
    },
    scores: vectors.map(([, second = 0]) => second),
    vectors: bytesOfVectors(Float32Array.from(vectors.flat())),
  };
}

const pairs = (values: Float32Array): number[][] =>
  Array.from({ length: values.length / 2 }, (_, i) => [...values.subarray(2 * i, 2 * i + 2)]);

export const exploreAnswers: Partial<Handlers> = {
  "runs.get": () => exampleDetail(),
  "datasets.list": () => ({ datasets: [exampleDataset()] }),
  "explore.images": ({ latent, step }) =>
    latent.kind === "new"
      ? drawnOf(
          Array.from({ length: latent.count }, (_, i) => [latent.seed + i, (i % 3) / 2]),
          null,
          step,
        )
      : drawnOf(pairs(vectorsOfBytes(latent.vectors)), latent.labels, step),
  "explore.between": ({ from, to, count, label }) => {
    const [[a = 0] = [], [b = 0] = []] = [from, to].flatMap((v) => pairs(vectorsOfBytes(v)));
    const steps = Array.from({ length: count }, (_, i) => [a + ((b - a) * i) / (count - 1), 0]);
    return drawnOf(steps, label === null ? null : steps.map(() => label));
  },
  "explore.directions": () => ({
    directions: [{ vector: bytesOfVectors(Float32Array.of(0.6, 0.8)), share: 0.25 }],
    reason: null,
  }),
  "explore.close": () => ({ closed: true }),
};

export function exploring(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({ ...exploreAnswers, ...answers });
  const exploration = new Exploration(createStudio(transport), "run-1");
  const asked = (command: string) =>
    transport.asked.filter((one) => one.command === command).map(({ payload }) => payload);
  return { transport, exploration, asked };
}

/** A run that draws ten classes. */
export function conditionalDetail(): RunDetail {
  const detail = exampleDetail();
  const conditioning = { classes: 10, discriminator: "channels" } as const;
  return { ...detail, specification: { ...detail.specification, conditioning } };
}
