/**
 * A hand-written api for the tests of the shells: the real parsing of payloads, scripted answers, and
 * events at the test's command. A command without an answer fails loudly.
 */
import type { Api } from "../../main/api/api.ts";
import type { CommandName, Handlers } from "../../main/contract/commands.ts";
import { dispatch } from "../../main/contract/dispatch.ts";
import type { EventName, Events } from "../../main/contract/events.ts";
import { measures, type Measurements, type RunSummary } from "../../main/contract/runs.ts";

export interface FakeApi extends Api {
  /** What was asked, in order. */
  readonly calls: { command: string; payload: unknown }[];
  emit<Name extends EventName>(event: Name, detail: Events[Name]): void;
  /** Subscriptions that have not been ended. */
  listeners(): number;
  closed(): number;
}

export function createFakeApi(answers: Partial<Handlers> = {}): FakeApi {
  const calls: { command: string; payload: unknown }[] = [];
  const subscriptions = new Set<{ event: EventName; listener: (detail: never) => void }>();
  let closings = 0;

  const handlers = new Proxy(answers, {
    get(target, name: CommandName) {
      const handler = target[name];
      if (!handler) throw new Error(`The fake api has no answer to ${name}.`);
      return (payload: never) => {
        calls.push({ command: name, payload });
        return handler(payload);
      };
    },
  }) as Handlers;

  return {
    calls,
    notices: [],
    dispatch: (command, payload) => dispatch(handlers, command, payload),
    invoke: async (command, payload) => (await dispatch(handlers, command, payload)) as never,
    subscribe(event, listener) {
      const subscription = { event, listener: listener as (detail: never) => void };
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
      };
    },
    emit(event, detail) {
      for (const one of [...subscriptions]) if (one.event === event) one.listener(detail as never);
    },
    listeners: () => subscriptions.size,
    closed: () => closings,
    close() {
      closings++;
      return Promise.resolve();
    },
  };
}

export const runSummary = (changes: Partial<RunSummary> = {}): RunSummary => ({
  id: "lsgan-dc-20260301-1200",
  name: "Least squares, convolutional",
  preset: "lsgan-dc",
  status: "running",
  reason: null,
  code: null,
  epoch: 0,
  step: 0,
  epochs: 3,
  dataset: "digits",
  engine: "tensorflow",
  mode: "compiled",
  losses: null,
  seconds: 0,
  newestSample: null,
  parent: null,
  group: null,
  forks: 0,
  tags: [],
  createdAt: Date.UTC(2026, 2, 1, 12),
  updatedAt: Date.UTC(2026, 2, 1, 12),
  ...changes,
});

/** One measured step per element of `steps`, all of them worth `value`. */
export function measurements(steps: number[], value = 0.25): Measurements {
  const column = steps.map(() => value);
  return {
    steps,
    values: Object.fromEntries(
      measures.map((name) => [name, [...column]]),
    ) as Measurements["values"],
  };
}
