/**
 * Mode collapse: other noise, the same image (Goodfellow 2016, section 5.1.1). Measured on the run's
 * fixed noise by pixels: the mean distance of two generated images against that of two real ones, and
 * how many have a twin. Thresholds: own, see test/bench/doctor.ts. Most healthy runs of the presets begin
 * near a fifth and rise; some begin lower (`wgan-gp`), for a generator that has learnt nothing draws one
 * grey image: what rises is no collapse, and what was never otherwise may yet be a slow start.
 */
import { checkupCourse, type Course, type Rule } from "../case.ts";
import { evidence, percent } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import {
  augmentation,
  batchTimes,
  minibatchDiscrimination,
  rateTimes,
  wassersteinWithPenalty,
} from "../proposals.ts";

const limit = 0.12;
const seriousLimit = 0.05;
/** Share of images with a twin, and the diversity below which they count. */
const twins = 0.9;
const fewKinds = 0.25;
/** Steps that it must last: usually, and of images that were never more different. */
const usually = 100;
const fromTheStart = 500;

export const modeCollapse: Rule = (facts) => {
  const { specification } = facts;
  const diversity = checkupCourse(facts, "diversity");
  const duplicates = checkupCourse(facts, "duplicates");
  const share = latest(diversity) ?? NaN;
  const isSlow = share >= seriousLimit && !diversity.values.some((value) => value > limit);
  const patience = { over: 100, lasting: isSlow ? fromTheStart : usually };
  const alike = holdingSince(diversity, (value) => value < limit, patience);
  const repeated = holdingSince(duplicates, (value) => value > twins, patience);
  const repeats = latest(duplicates) ?? NaN;
  const since = alike ?? (share < fewKinds ? repeated : null);
  if (since === null || (share >= seriousLimit && isRising(diversity))) return null;
  return {
    id: "mode-collapse",
    name: "Mode collapse",
    severity: share < seriousLimit ? "serious" : "warning",
    since,
    numbers: `Two generated images differ ${percent(share)} as much as two real ones, and ${percent(repeats)} of them have a twin that can hardly be told apart.`,
    evidence: evidence("difference of images, 1 as real ones", diversity, limit, "below"),
    why: "The generator has found an image that the discriminator takes, and makes it from whatever noise it gets. The discriminator sees one image at a time, so nothing tells it that they are all alike.",
    proposals: [
      rateTimes(specification, "generator", 0.5),
      ...batchTimes(specification, 2),
      ...wassersteinWithPenalty(specification),
      ...minibatchDiscrimination(specification),
      ...augmentation(specification),
    ],
  };
};

/** Whether the newest value is well above the least of the last few. */
function isRising({ values }: Course): boolean {
  const recent = values.slice(-4);
  return (recent.at(-1) ?? 0) > 1.1 * Math.min(...recent);
}
