/** Learning rates as the page tells of them. */
import type { RunDetail, RunEvent } from "../../main/contract/runs.ts";
import {
  changesOf,
  firstRates,
  ratesAt,
  rateEvent,
  type LearningRates,
} from "../../main/spec/learning-rates.ts";
import { forkEvent, updatesAt, updatesChangesOf, updatesEvent } from "../../main/spec/course.ts";
import type { Mark } from "../shared/chart-signs.ts";

/** `0.0002`, `5e-7`: three digits, nothing rounded to 0. */
export function formatRate(rate: number): string {
  if (!Number.isFinite(rate)) return "–";
  const short = Number(rate.toPrecision(3));
  return short.toString().replace("-", "−");
}

/** The rates that hold now, before schedules: those of the newest change, else the specification's. */
export const ratesNow = ({ specification, events }: RunDetail): LearningRates =>
  ratesAt(firstRates(specification.optimizers), changesOf(events), Infinity);

/** Discriminator updates a step that hold now, or will from the next epoch on. */
export const updatesNow = ({ specification, events }: RunDetail): number =>
  updatesAt(specification.loop.discriminatorSteps, updatesChangesOf(events), Infinity);

/** What the charts draw a line for. */
export const marksOf = (events: readonly RunEvent[]): Mark[] =>
  events
    .flatMap(({ kind, step }) => {
      if (kind === rateEvent) return [{ step, label: "rate" }];
      if (kind === updatesEvent) return [{ step, label: "k" }];
      if (kind === forkEvent) return [{ step, label: "forked" }];
      // A run that starts over is resumed at its beginning: there is nothing to part there.
      return kind === "resumed" && step > 0 ? [{ step, label: "resumed" }] : [];
    })
    .sort((a, b) => a.step - b.step);
