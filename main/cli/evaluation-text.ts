/** Evaluations as text: one with its intervals, or many as a table over epochs. */
import {
  bestEvaluation,
  metricNames,
  metrics,
  protocolKey,
  type Estimate,
  type Evaluation,
  type Metric,
} from "../spec/evaluation.ts";
import { count, duration, figure, plural } from "./format.ts";
import { facts, table } from "./table.ts";

const arrows = { lower: "lower is better", higher: "higher is better" } as const;

const span = ({ low, high }: Estimate): string => `${figure(low)} to ${figure(high)}`;

const note = (metric: Metric): string => {
  const { better } = metrics[metric];
  return better === null ? "0.5 is as new images are" : arrows[better];
};

/** One checkpoint's values with their intervals, then what they were measured by. */
export function evaluationPage(evaluation: Evaluation): string {
  const { epoch, step, values, seconds } = evaluation;
  const rows = metricNames.flatMap((metric) => {
    const estimate = values[metric];
    if (!estimate) return [];
    return [[metrics[metric].title, figure(estimate.value), span(estimate), note(metric)]];
  });
  const columns = [
    { title: "METRIC" },
    { title: "VALUE", numeric: true },
    { title: "95 % INTERVAL" },
    { title: "" },
  ];
  const title = `Epoch ${count(epoch)}, step ${count(step)}, measured in ${duration(seconds)}\n`;
  return `${title}${table(columns, rows)}\n${protocolText(evaluation)}`;
}

/** How it was measured, and what is to be said about it. */
export function protocolText({ protocol, remarks }: Evaluation): string {
  const { images, real, features, seed, product } = protocol;
  const { network, hash, accuracy, heldOut, size } = features;
  const kind =
    network !== "classifier"
      ? network === "random"
        ? "a random network"
        : "the file that was named"
      : `the data set's own classifier, ${((accuracy ?? NaN) * 100).toFixed(2)} % right on ${plural(heldOut, "held-out image")}`;
  const page = facts([
    ["Compared", `${count(images)} generated with ${count(images)} ${real.split} images`],
    ["Features", `${size} of ${kind} (${hash})`],
    ["Data", real.data],
    ["Seed", String(seed)],
    ["Version", product],
  ]);
  return `${page}${remarks.map((remark) => `- ${remark}\n`).join("")}`;
}

/** Metrics that a table has room for. */
const tabled: Metric[] = ["frechetDistance", "kernelDistance", "precision", "recall", "coverage"];

/** All evaluations of the newest one's protocol, the best epoch marked; says how many others there are. */
export function evaluationTable(evaluations: readonly Evaluation[]): string {
  const newest = evaluations.at(-1);
  if (!newest) return "";
  const key = protocolKey(newest.protocol);
  const shown = evaluations.filter(({ protocol }) => protocolKey(protocol) === key);
  const best = bestEvaluation(shown, "frechetDistance");
  const rows = shown.map((evaluation) => [
    `${count(evaluation.epoch)}${evaluation === best ? " *" : ""}`,
    count(evaluation.step),
    ...tabled.map((metric) => {
      const estimate = evaluation.values[metric];
      return estimate ? figure(estimate.value) : "";
    }),
  ]);
  const titles = ["EPOCH", "STEP", "FRÉCHET", "KERNEL", "PRECISION", "RECALL", "COVERAGE"];
  const columns = titles.map((title) => ({ title, numeric: title !== "EPOCH" }));
  const others = evaluations.length - shown.length;
  const hidden =
    others > 0
      ? `${plural(others, "evaluation")} by another protocol ${others === 1 ? "is" : "are"} not shown: such values must not be compared.\n`
      : "";
  const mark = best === null ? "" : "* the lowest Fréchet distance\n";
  return `${table(columns, rows)}${mark}${hidden}`;
}

/** A line for whoever watches a run. */
export function evaluationLine({ epoch, values }: Evaluation): string {
  const told = tabled.flatMap((metric) => {
    const estimate = values[metric];
    return estimate ? [`${metrics[metric].title} ${figure(estimate.value)}`] : [];
  });
  return `Epoch ${count(epoch)} evaluated: ${told.join(", ")}.`;
}
