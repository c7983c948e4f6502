/**
 * One run's events as lines and a bar, until it has ended. Events that come before the run's id is
 * known wait, so that a run which ends at once is not missed.
 */
import type { Losses, Progress, RunEvent, RunStatus, RunSummary } from "../contract/runs.ts";
import type { Equilibrium } from "../spec/equilibria.ts";
import { count, figure } from "./format.ts";
import { measuredAt, speedAndTime, type MeasuredLosses, type Reporter } from "./progress.ts";

export const ended: ReadonlySet<RunStatus> = new Set([
  "finished",
  "stopped",
  "interrupted",
  "failed",
]);

/** Kinds of events whose details a person must read. */
const told: ReadonlySet<string> = new Set([
  ...["ready", "resumed", "restarted", "disk full", "checkpoint damaged"],
]);

export interface Watcher {
  progress: (progress: Progress) => void;
  changed: (run: RunSummary) => void;
  event: (happened: { id: string; event: RunEvent }) => void;
  /** From here on the events of `run` are told; those that came before follow at once. */
  begin(run: RunSummary, balance: Equilibrium): void;
  /** Resolves when the run has ended. */
  over: Promise<void>;
}

export function createWatcher(reporter: Reporter): Watcher {
  const { promise: over, resolve: finish } = Promise.withResolvers<undefined>();
  const early: (() => void)[] = [];
  let watched: { run: RunSummary; balance: Equilibrium } | null = null;
  let losses: MeasuredLosses | null = null;
  let newest: Progress | null = null;
  let epoch = 0;

  function closeEpoch(run: RunSummary, balance: Equilibrium): void {
    if (run.epoch <= epoch) return;
    epoch = run.epoch;
    const parts = [`epoch ${count(run.epoch)} of ${count(run.epochs)}`, `step ${count(run.step)}`];
    if (losses) parts.push(withBalance(losses, balance) + measuredAt(losses, run.step));
    if (newest) parts.push(speedAndTime(newest));
    reporter.line(parts.join("  ").trimEnd());
  }

  const watcher: Watcher = {
    over,
    progress(progress) {
      if (!watched)
        early.push(() => {
          watcher.progress(progress);
        });
      if (progress.id !== watched?.run.id) return;
      newest = progress;
      losses = lastLosses(progress) ?? losses;
      reporter.progress(progress, losses);
    },
    changed(run) {
      if (!watched)
        early.push(() => {
          watcher.changed(run);
        });
      if (run.id !== watched?.run.id) return;
      losses = newer(run.losses, losses);
      closeEpoch(run, watched.balance);
      if (ended.has(run.status)) finish(undefined);
    },
    event(happened) {
      if (!watched)
        early.push(() => {
          watcher.event(happened);
        });
      if (happened.id !== watched?.run.id || !told.has(happened.event.kind)) return;
      if (happened.event.detail !== "") reporter.line(happened.event.detail);
    },
    begin(run, balance) {
      watched = { run, balance };
      losses = run.losses;
      epoch = run.epoch;
      for (const replay of early.splice(0)) replay();
    },
  };
  return watcher;
}

/** A run's summary tells its last losses, but not of which step. */
function newer(told: Losses | null, known: MeasuredLosses | null): MeasuredLosses | null {
  const isKnown =
    Object.is(told?.generator, known?.generator) &&
    Object.is(told?.discriminator, known?.discriminator);
  return told === null || isKnown ? known : told;
}

function lastLosses({ measurements: { steps, values } }: Progress): MeasuredLosses | null {
  const generator = values.lossGenerator.at(-1);
  const discriminator = values.lossDiscriminator.at(-1);
  const step = steps.at(-1);
  return generator === undefined || discriminator === undefined
    ? null
    : { generator, discriminator, ...(step !== undefined && { step }) };
}

/** «D 0.231 (balance 0.250)  G 0.302 (balance 0.125)»: at balance neither network is ahead. */
export const withBalance = (losses: Losses, balance: Equilibrium): string =>
  `D ${figure(losses.discriminator)} (balance ${figure(balance.discriminator)})  ` +
  `G ${figure(losses.generator)} (balance ${figure(balance.generator)})`;
