/**
 * Classes of very different size: a generator learns the common ones. Thresholds: own; Buda et al.
 * 2018, «A systematic study of the class imbalance problem in convolutional neural networks», see
 * classifiers get worse from such ratios on.
 */
import { checkupCourse, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";

const limit = 3;
const warningLimit = 10;

export const unbalancedData: Rule = (facts) => {
  const course = checkupCourse(facts, "imbalance");
  const ratio = course.values.at(-1);
  if (ratio === undefined || ratio < limit) return null;
  return {
    id: "unbalanced-data",
    name: "The classes are unbalanced",
    severity: ratio < warningLimit ? "note" : "warning",
    since: course.steps[0] as number,
    numbers: `The most common class has ${said(ratio)} times as many images as the rarest.`,
    evidence: evidence(
      "images of the most common class for each of the rarest",
      course,
      limit,
      "above",
    ),
    why: "Both networks see the common classes most of the time, so that leaving out a rare one costs the generator little. Add images of the rare classes, or take some of the common ones out.",
    // Nothing in a specification weighs classes.
    proposals: [],
  };
};
