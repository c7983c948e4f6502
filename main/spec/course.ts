/**
 * What places a run's steps in its epochs besides the specification: where a fork leaves its parent,
 * and discriminator updates a step (k) that were changed while it trained. A change of k holds from
 * the start of the next epoch: an epoch then has steps of one kind only, and its number of steps
 * stays known. Both are kept as events, so that they travel with the run and are replayed.
 */

/** What lies before a run's own first step: nothing, but for a fork. */
export interface Origin {
  step: number;
  /** Whole epochs. */
  epoch: number;
  /** Updates of the discriminator. */
  updates: number;
}

export interface UpdatesChange {
  /** The first step that may be done with it, from 1; it begins an epoch. */
  from: number;
  /** Discriminator updates a step. */
  discriminatorSteps: number;
}

/** What such events are called. */
export const forkEvent = "forked";
export const updatesEvent = "discriminator steps";

interface Event {
  step: number;
  kind: string;
  detail: string;
}

export const beginning: Origin = { step: 0, epoch: 0, updates: 0 };

/** `from run-1 after epoch 3, 120 discriminator updates` */
export const forkWords = (parent: string, { epoch, updates }: Origin): string =>
  `from ${parent} after epoch ${epoch.toString()}, ${updates.toString()} discriminator updates`;

/** Null where no event tells of a fork. */
export function originOf(events: readonly Event[]): Origin | null {
  const event = events.find(({ kind }) => kind === forkEvent);
  const found = /after epoch (\d+), (\d+) discriminator updates$/.exec(event?.detail ?? "");
  return event && found
    ? { step: event.step, epoch: Number(found[1]), updates: Number(found[2]) }
    : null;
}

/** As an event tells it: `5 a step`. */
export const updatesWords = ({ discriminatorSteps }: UpdatesChange): string =>
  `${discriminatorSteps.toString()} a step`;

/**
 * The changes with one more, in order of `from`. What was to come at its step or later falls away: a
 * run that went back to its checkpoint follows what was last said.
 */
export const withUpdates = (
  changes: readonly UpdatesChange[],
  change: UpdatesChange,
): UpdatesChange[] => [...changes.filter(({ from }) => from < change.from), change];

/** The changes that a run's events tell of, events in the order in which they were stored. */
export function updatesChangesOf(events: readonly Event[]): UpdatesChange[] {
  let changes: UpdatesChange[] = [];
  for (const { kind, step, detail } of events) {
    const discriminatorSteps = Number(/^(\d+) a step$/.exec(detail)?.[1]);
    if (kind !== updatesEvent || !(discriminatorSteps >= 1)) continue;
    changes = withUpdates(changes, { from: step, discriminatorSteps });
  }
  return changes;
}

/** What holds at step number `step`; `first` is the specification's. */
export const updatesAt = (first: number, changes: readonly UpdatesChange[], step: number): number =>
  changes.findLast(({ from }) => from <= step)?.discriminatorSteps ?? first;
