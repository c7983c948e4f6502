/** What the Doctor says in the scripted studio: of one run much, of most nothing. */
import type { Handlers } from "../../../main/contract/commands.ts";
import type { Finding } from "../../../main/spec/doctor/finding.ts";

const steps = Array.from({ length: 80 }, (_, index) => 10 + index * 10);

const findings: Finding[] = [
  {
    ...{ id: "mode-collapse", name: "Mode collapse", severity: "serious", since: 420 },
    numbers:
      "Two generated images differ 4 % as much as two real ones, and 97 % of them have a twin that can hardly be told apart.",
    evidence: {
      label: "difference of images, 1 as real ones",
      steps,
      values: steps.map((step) => 0.04 + 0.4 * Math.exp(-(((step - 250) / 120) ** 2))),
      ...{ threshold: 0.12, beyond: "below" },
    },
    why: "The generator has found an image that the discriminator takes, and makes it from whatever noise it gets. The discriminator sees one image at a time, so nothing tells it that they are all alike.",
    remedies: [
      {
        title: "the generator's learning rate lowered to 0.0005",
        patch: { optimizers: { generator: { learningRate: 0.0005 } } },
        by: "fork",
      },
      { title: "batches of 256 images", patch: { loop: { batchSize: 256 } }, by: "fork" },
      { title: "the Wasserstein loss with a gradient penalty", patch: {}, by: "start" },
      { title: "minibatch discrimination in the discriminator", patch: {}, by: "start" },
    ],
  },
  {
    ...{ id: "discriminator-strong", name: "The discriminator is too strong", severity: "warning" },
    since: 610,
    numbers:
      "It answers 0.998 to real and 0.002 to generated images; its loss is 0.4 % of the way from its best (0 %) to balance (100 %).",
    evidence: {
      label: "discriminator's loss, 0 its best, 1 balance",
      steps,
      values: steps.map((step) => Math.exp(-step / 110)),
      ...{ threshold: 0.01, beyond: "below" },
    },
    why: "A discriminator that is always right tells the generator that its images are wrong, but hardly in which direction better ones lie. The generator's gradient vanishes or becomes noise, and its images stop improving.",
    remedies: [
      {
        title: "the discriminator's learning rate lowered to 0.0001",
        patch: { optimizers: { discriminator: { learningRate: 0.0001 } } },
        by: "fork",
      },
    ],
  },
  {
    ...{ id: "unbalanced-data", name: "The classes are unbalanced", severity: "note", since: 50 },
    numbers: "The most common class has 4.2 times as many images as the rarest.",
    evidence: {
      label: "images of the most common class for each of the rarest",
      steps: [50, 100, 800],
      values: [4.2, 4.2, 4.2],
      ...{ threshold: 3, beyond: "above" },
    },
    why: "Both networks see the common classes most of the time, so that leaving out a rare one costs the generator little. Rare classes come out worse, or not at all.",
    remedies: [],
  },
];

export const doctorAnswers: Pick<Handlers, "runs.findings"> = {
  "runs.findings": ({ id }) => ({ findings: id === "paused" ? findings : [] }),
};
