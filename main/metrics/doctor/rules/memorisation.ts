/**
 * Generated images that are copies of training images. Known of runs that were evaluated: see
 * main/metrics/memorisation.ts (Meehan, Chaudhuri and Dasgupta 2020), where one half is how new images
 * are and 1 means copies. Thresholds: own; the lower end of the value's interval must be beyond.
 */
import type { Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { augmentation, dropout, rateTimes } from "../proposals.ts";

const limit = 0.65;
const seriousLimit = 0.85;

export const memorisation: Rule = ({ specification, evaluations }) => {
  const copies = evaluations.map(({ memorisation: { low } }) => low > limit);
  const newest = evaluations.at(-1)?.memorisation;
  if (!newest || copies.at(-1) !== true) return null;
  const first = evaluations[copies.lastIndexOf(false) + 1];
  const course = {
    steps: evaluations.map(({ step }) => step),
    values: evaluations.map(({ memorisation: { value } }) => value),
  };
  return {
    id: "memorisation",
    name: "Images are copied from the data",
    severity: newest.low > seriousLimit ? "serious" : "warning",
    since: first?.step ?? 0,
    numbers: `In ${said(newest.value * 100)} % of pairs the generated image is nearer to a training image than the real one that was kept aside; were all of them new, it would be 50 %.`,
    evidence: evidence("how often generated images are nearer", course, limit, "above"),
    why: "With few images and large networks the generator can win by giving back what the discriminator knows. Its images look good, but they are not new.",
    proposals: [
      ...augmentation(specification),
      ...dropout(specification),
      rateTimes(specification, "discriminator", 0.5),
    ],
  };
};
