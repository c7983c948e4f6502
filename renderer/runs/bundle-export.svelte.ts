/**
 * A run as one file, fetched in parts and handed to whoever sits at the page: the same way in a window
 * and in a browser. The browser keeps the parts on its disk when they grow.
 */
import type { OpenedBundle } from "../../main/contract/bundles.ts";
import type { RunSummary } from "../../main/contract/runs.ts";
import { problemMessage } from "../shared/problem-message.ts";
import { saveFile } from "../shared/save-file.ts";
import type { Studio } from "../shared/studio.ts";

export type CheckpointChoice = "all" | "last";

export class BundleExport {
  readonly run: RunSummary;
  checkpoints = $state.raw<CheckpointChoice>("all");
  #studio: Studio;
  #save: typeof saveFile;
  #opened = $state.raw<OpenedBundle | null>(null);
  #fetched = $state.raw(0);
  #state = $state.raw<"waiting" | "working" | "saved">("waiting");
  #problem = $state.raw<string | null>(null);
  /** Counts the tries; what belongs to an older one stops. */
  #turn = 0;

  constructor(studio: Studio, run: RunSummary, save = saveFile) {
    this.#studio = studio;
    this.run = run;
    this.#save = save;
  }

  get state(): "waiting" | "working" | "saved" {
    return this.#state;
  }
  /** What the bundle holds; null until its files were held against their checksums. */
  get opened(): OpenedBundle | null {
    return this.#opened;
  }
  /** Null while nobody knows how much there is. */
  get share(): number | null {
    return this.#opened && this.#fetched / this.#opened.bytes;
  }
  get problem(): string | null {
    return this.#problem;
  }

  async start(): Promise<void> {
    if (this.#state === "working") return;
    const turn = ++this.#turn;
    this.#state = "working";
    this.#opened = this.#problem = null;
    this.#fetched = 0;
    const { bundles } = this.#studio.client;
    let ticket: string | null = null;
    try {
      const last = this.checkpoints === "last";
      const opened = await bundles.open({ id: this.run.id, last });
      ticket = opened.ticket;
      if (turn !== this.#turn) return;
      this.#opened = opened;
      const content = await this.#fetch(opened, turn);
      if (content === null) return;
      this.#save(opened.name, content);
      this.#state = "saved";
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#problem = problemMessage(thrown);
      this.#state = "waiting";
    } finally {
      // What is not closed is given up by the next ones that are opened.
      if (ticket !== null) bundles.close({ ticket }).catch(() => undefined);
    }
  }

  /** Ends what is under way; nothing is saved. */
  cancel(): void {
    this.#turn += 1;
    if (this.#state === "working") this.#state = "waiting";
    this.#opened = null;
  }

  /** Null when it was called off. */
  async #fetch({ ticket, bytes }: OpenedBundle, turn: number): Promise<Blob | null> {
    const parts: Blob[] = [];
    for (let at = 0; at < bytes;) {
      const part = await this.#studio.client.bundles.read({ ticket, at });
      if (turn !== this.#turn) return null;
      if (part.bytes.length === 0) throw new Error("The bundle ended early; save it again.");
      parts.push(new Blob([new Uint8Array(part.bytes)]));
      at += part.bytes.length;
      this.#fetched = at;
    }
    return new Blob(parts, { type: "application/zip" });
  }
}
