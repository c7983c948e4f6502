/**
 * The seam between whoever asks and whoever answers: two functions. The api is one itself (for the
 * command line), Electron's bridge and browser mode's sockets are the others.
 */
import type { CommandName, Payload, Result } from "./commands.ts";
import type { EventName, Events } from "./events.ts";

export interface Transport {
  /** Rejects with a `Problem`. */
  invoke<Name extends CommandName>(command: Name, payload: Payload<Name>): Promise<Result<Name>>;
  /** Returns the function that ends the subscription. */
  subscribe<Name extends EventName>(
    event: Name,
    listener: (detail: Events[Name]) => void,
  ): () => void;
}
