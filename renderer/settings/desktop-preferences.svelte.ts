/** What the desktop app does around its window, as the person wants it. */
import type { Preferences } from "../../main/contract/desktop.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Desktop } from "../shared/transport/desktop.ts";

export class DesktopPreferences {
  #desktop: Desktop;
  #kept = $state.raw<Preferences | null>(null);
  #problem = $state.raw<string | null>(null);

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  /** Null before the first answer. */
  get kept(): Preferences | null {
    return this.#kept;
  }
  get problem(): string | null {
    return this.#problem;
  }

  load(): Promise<void> {
    return this.#take(this.#desktop.ask("desktop.preferences", {}));
  }

  change(changes: Partial<Preferences>): Promise<void> {
    return this.#take(this.#desktop.ask("desktop.prefer", changes));
  }

  async #take(asked: Promise<Preferences>): Promise<void> {
    try {
      this.#kept = await asked;
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
