/** The data sets that are known here, their first images, and the removal of those that are not wanted. */
import { SvelteMap } from "svelte/reactivity";
import type { DatasetInfo, PixelBatch } from "../../main/contract/system.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

const previewed = 48;

export class Datasets {
  #studio: Studio;
  #all = $state.raw<readonly DatasetInfo[] | null>(null);
  #problem = $state.raw<string | null>(null);
  #previews = new SvelteMap<string, PixelBatch>();

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Null before the first answer. */
  get all(): readonly DatasetInfo[] | null {
    return this.#all;
  }
  get problem(): string | null {
    return this.#problem;
  }

  previewOf = (id: string): PixelBatch | undefined => this.#previews.get(id);

  /** Loads, and loads again after a lost connection, until the returned function is called. */
  open(): () => void {
    void this.load();
    return this.#studio.connection.onReconnect(() => void this.load());
  }

  async load(): Promise<void> {
    try {
      const { datasets } = await this.#studio.client.datasets.list({});
      this.#all = datasets;
      this.#problem = null;
      for (const { id } of datasets) void this.#preview(id);
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }

  /** Lists one that was just added, in place of what was known of it. */
  async keep(added: DatasetInfo): Promise<void> {
    this.#all = [...(this.#all ?? []).filter(({ id }) => id !== added.id), added];
    await this.#preview(added.id);
  }

  /** Takes one off the list. Throws what the program says against it. */
  async remove(id: string): Promise<void> {
    await this.#studio.client.datasets.remove({ id });
    this.#all = this.#all?.filter((dataset) => dataset.id !== id) ?? null;
    this.#previews.delete(id);
  }

  async #preview(id: string): Promise<void> {
    try {
      const batch = await this.#studio.client.datasets.preview({ id, count: previewed });
      this.#previews.set(id, batch);
    } catch {
      // A data set whose files are gone is still listed; it just shows no images.
      this.#previews.delete(id);
    }
  }
}
