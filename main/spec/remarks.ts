/**
 * Everything that can be said about a specification before it is trained, each at its place:
 * problems, which must be solved first, and warnings, which are known to spoil results. Problems are
 * those of `inferSpecification`; warnings are of `warnings.ts`.
 */
import { wantsProbabilities } from "./losses.ts";
import { flowsOf, type Flows } from "./cost.ts";
import type { Place, Section } from "./place.ts";
import { reportOf } from "./problem.ts";
import { formatShape, sameShape, shapeOfImage } from "./shape.ts";
import { inferSpecification, type Specification } from "./specification.ts";
import { warningsOf } from "./warnings.ts";

export interface Remark {
  tone: "problem" | "warning";
  place: Place;
  /** A sentence; at a layer its end, whose subject is the layer. */
  text: string;
}

const networks = ["generator", "discriminator"] as const;

function problemsOf(specification: Specification, flows: Flows): Remark[] {
  const problem = (section: Section, layer: number | null, text: string): Remark => ({
    tone: "problem",
    place: { section, layer },
    text,
  });
  const { generator, discriminator, loss, image } = specification;
  const atLayers = networks.flatMap((name) =>
    flows[name].layers.flatMap(({ problem: text }, index) =>
      text === null ? [] : [problem(name, index, text)],
    ),
  );
  const ends: Remark[] = [];
  const made = flows.generator.output;
  const wanted = shapeOfImage(image);
  if (made !== null && !sameShape(made, wanted)) {
    const text = `The last layer gives ${formatShape(made)}, but the images are ${formatShape(wanted)}. Change the last layers, or choose other data.`;
    ends.push(problem("generator", null, text));
  }
  const answer = flows.discriminator.output;
  if (answer !== null && !sameShape(answer, [1])) {
    const text = `The last layer gives ${formatShape(answer)}, but the discriminator must give one number. End it with flatten and dense with 1 unit.`;
    ends.push(problem("discriminator", null, text));
  }
  const last = discriminator.layers.length - 1;
  const endsInSigmoid = discriminator.layers[last]?.kind === "sigmoid";
  if (endsInSigmoid && !wantsProbabilities(loss)) {
    const text =
      "makes a probability, but this loss wants the discriminator's bare output. Remove it, or use cross-entropy on probabilities.";
    ends.push(problem("discriminator", last, text));
  }
  if (!endsInSigmoid && wantsProbabilities(loss)) {
    const text =
      "This loss is on probabilities and needs a sigmoid as the last layer. Add it, or use logits.";
    ends.push(problem("discriminator", null, text));
  }
  const found = [...atLayers, ...ends];
  if (found.length > 0 || generator.layers.length === 0 || last < 0) return found;
  try {
    inferSpecification(specification);
    return [];
  } catch (thrown) {
    return [problem("whole", null, reportOf(thrown).message)];
  }
}

/** For a document whose fields are all within their ranges; problems first. */
export const remarksOn = (
  specification: Specification,
  classNames: readonly string[],
  flows: Flows = flowsOf(specification),
): Remark[] => [
  ...problemsOf(specification, flows),
  ...warningsOf(specification, classNames).map((warning): Remark => ({
    tone: "warning",
    ...warning,
  })),
];
