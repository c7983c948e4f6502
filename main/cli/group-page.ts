/** A group of seeds as a page of text: its runs, and what they measured as mean ± standard deviation. */
import type { GroupDetail, GroupEpoch, Spread } from "../contract/family.ts";
import type { Measure } from "../contract/runs.ts";
import type { FollowedGroup } from "./follow-group.ts";
import { count, duration, figure, moment, plural } from "./format.ts";
import type { Outcome } from "./outcome.ts";
import { facts, table } from "./table.ts";

/** Epochs that are listed; of longer runs the last ones. */
const listed = 30;

const shown: [measure: Measure, title: string][] = [
  ["lossDiscriminator", "D LOSS"],
  ["lossGenerator", "G LOSS"],
  ["scoreReal", "D(REAL)"],
  ["scoreGenerated", "D(GENERATED)"],
  ["gradientNormDiscriminator", "D GRADIENT"],
  ["gradientNormGenerator", "G GRADIENT"],
];

export function groupPage(detail: GroupDetail): string {
  const { id, name, seeds, waiting, ending, runs, createdAt } = detail.group;
  const head = facts([
    ["Group", id],
    ["Name", name],
    ["Started", moment(createdAt)],
    ["Seeds", seeds.join(", ")],
    ["Waiting", waiting.join(", ")],
    ["Ended", ending],
  ]);
  return `${head}\n${runTable(runs)}${epochTable(detail.epochs)}`;
}

/** For scripts: what `show --json` prints of it. No success when a run failed or was lost, or seeds are left. */
export function groupOutcome({ detail, cancelled }: FollowedGroup): Outcome {
  const { runs, ending } = detail.group;
  const succeeded =
    (ending === null || cancelled) &&
    runs.every(({ status }) => status === "finished" || status === "stopped");
  return { json: detail, text: groupPage(detail), succeeded };
}

function runTable(runs: GroupDetail["group"]["runs"]): string {
  const columns = [
    { title: "RUN" },
    { title: "STATUS" },
    { title: "EPOCH", numeric: true },
    { title: "D LOSS", numeric: true },
    { title: "G LOSS", numeric: true },
    { title: "TIME", numeric: true },
    { title: "NAME" },
  ];
  const rows = runs.map((run) => [
    ...[run.id, run.status, `${count(run.epoch)}/${count(run.epochs)}`],
    ...(run.losses ? [figure(run.losses.discriminator), figure(run.losses.generator)] : ["–", "–"]),
    ...[duration(run.seconds), run.name],
  ]);
  return table(columns, rows);
}

/** «0.231 ± 0.012»; one run has no deviation. */
const spreadText = ({ mean, deviation, runs }: Spread): string =>
  runs < 2 ? figure(mean) : `${figure(mean)} ± ${figure(deviation)}`;

function epochTable(epochs: readonly GroupEpoch[]): string {
  if (epochs.length === 0) return "";
  const last = epochs.slice(-listed);
  const before = epochs.length - last.length;
  const columns = ["EPOCH", "RUNS", ...shown.map(([, title]) => title)];
  const rows = last.map(({ epoch, spreads }) => [
    ...[count(epoch), count(spreads.lossGenerator.runs)],
    ...shown.map(([measure]) => spreadText(spreads[measure])),
  ]);
  const note = before > 0 ? `(${plural(before, "earlier epoch")} not shown)\n` : "";
  const titled = columns.map((title) => ({ title, numeric: true }));
  return `\nMeans of each epoch over its measured steps: mean ± standard deviation over the runs that have done it\n${note}${table(titled, rows)}`;
}
