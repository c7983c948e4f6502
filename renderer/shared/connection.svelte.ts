/** Whether the page reaches the program, as state that components can show. */
import type { ConnectionState, PageTransport } from "./transport/page-transport.ts";

export class Connection {
  #state = $state.raw<ConnectionState>("connecting");
  #reconnected: readonly (() => void)[] = [];

  constructor(transport: Pick<PageTransport, "watchConnection">) {
    transport.watchConnection((state) => {
      const returned = state === "connected" && this.#state === "lost";
      this.#state = state;
      if (returned) for (const listener of this.#reconnected) listener();
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Events were missed while the connection was lost: `listener` asks again. Returns the stop. */
  onReconnect(listener: () => void): () => void {
    const entry = () => {
      listener();
    };
    this.#reconnected = [...this.#reconnected, entry];
    return () => {
      this.#reconnected = this.#reconnected.filter((known) => known !== entry);
    };
  }
}
