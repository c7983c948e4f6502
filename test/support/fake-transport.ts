/**
 * A transport without a server, for tests and the preview of the page: answers are functions, events
 * are announced by hand, the connection is lost and found on command.
 */
import type { CommandName, Handlers } from "../../main/contract/commands.ts";
import type { EventName, Events } from "../../main/contract/events.ts";
import type { Transport } from "../../main/contract/transport.ts";

type ConnectionState = "connecting" | "connected" | "lost" | "refused";

export interface FakeTransport extends Transport {
  watchConnection(listener: (state: ConnectionState) => void): () => void;
  /** What was asked so far, oldest first. */
  readonly asked: readonly { command: CommandName; payload: unknown }[];
  /** Number of live subscriptions: 0 when everything was closed. */
  subscriptions(): number;
  emit<Name extends EventName>(event: Name, detail: Events[Name]): void;
  setConnection(state: ConnectionState): void;
}

/** Rejects a command that `answers` lacks, and says which one to add. */
export function createFakeTransport(answers: Partial<Handlers>): FakeTransport {
  const asked: { command: CommandName; payload: unknown }[] = [];
  const listeners = new Set<{ event: EventName; listener: (detail: never) => void }>();
  const watchers = new Set<(state: ConnectionState) => void>();
  let connection: ConnectionState = "connected";

  async function invoke(command: CommandName, payload: unknown): Promise<unknown> {
    asked.push({ command, payload });
    const answer = answers[command] as ((payload: unknown) => unknown) | undefined;
    if (!answer)
      throw new Error(
        `The fake transport has no answer for «${command}». Give one to createFakeTransport.`,
      );
    return await answer(payload);
  }

  return {
    invoke: invoke as Transport["invoke"],
    subscribe(event, listener) {
      const entry = { event, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    watchConnection(listener) {
      watchers.add(listener);
      listener(connection);
      return () => watchers.delete(listener);
    },
    asked,
    subscriptions: () => listeners.size,
    emit(event, detail) {
      for (const entry of [...listeners])
        if (entry.event === event) entry.listener(detail as never);
    },
    setConnection(state) {
      connection = state;
      for (const watcher of [...watchers]) watcher(state);
    },
  };
}
