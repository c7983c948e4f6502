/**
 * Tags as the screens give and take them: which there are, for suggestions, kept current by events; and
 * what was done, with a way to undo it where the screen itself does not show one.
 */
import type { Payload, Result } from "../../main/contract/commands.ts";
import type { RunSummary } from "../../main/contract/runs.ts";
import type { TagChange } from "../../main/contract/tags.ts";
import type { Notices } from "../shared/notices.svelte.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export class Tagging {
  #studio: Studio;
  #notices: Notices;
  #counts = $state.raw<Result<"tags.list">["tags"]>([]);
  #loading: Promise<void> | null = null;
  #isStale = false;

  constructor(studio: Studio, notices: Notices) {
    this.#studio = studio;
    this.#notices = notices;
  }

  /** Every tag of the history. */
  get known(): readonly string[] {
    return this.#counts.map(({ tag }) => tag);
  }
  /** With how many runs have each. */
  get counts(): Result<"tags.list">["tags"] {
    return this.#counts;
  }

  /** Loads what there is and follows it until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const load = () => void this.#load();
    const stops = [
      client.subscribe("run.changed", load),
      client.subscribe("run.deleted", load),
      connection.onReconnect(load),
    ];
    load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async add(runs: readonly RunSummary[], tags: readonly string[]): Promise<void> {
    const changes = await this.#change({ ids: idsOf(runs), add: [...tags] });
    // What was added to one run is taken away where it was typed.
    if (runs.length > 1) this.#tell(changes, `now have ${listed(tags)}`);
  }

  async remove(runs: readonly RunSummary[], tag: string): Promise<void> {
    const changes = await this.#change({ ids: idsOf(runs), remove: [tag] });
    const verb = changes.length === 1 ? "no longer has" : "no longer have";
    this.#tell(changes, `${verb} ${listed([tag])}`);
  }

  #tell(changes: readonly TagChange[], what: string): void {
    const [first] = changes;
    if (!first) return;
    const who =
      changes.length === 1 ? `«${first.run.name}»` : `${changes.length.toLocaleString("en")} runs`;
    this.#notices.offerUndo(`${who} ${what}.`, () => void this.#undo(changes));
  }

  async #undo(changes: readonly TagChange[]): Promise<void> {
    const alike = Map.groupBy(changes, ({ added, removed }) => JSON.stringify([added, removed]));
    for (const group of alike.values()) {
      const [first] = group;
      if (!first) continue;
      const ids = group.map(({ run }) => run.id);
      await this.#change({ ids, add: first.removed, remove: first.added });
    }
  }

  /** Nothing where it could not be done, which a notice then says. */
  async #change(wish: Payload<"runs.tag">): Promise<TagChange[]> {
    try {
      return (await this.#studio.client.runs.tag(wish)).changes;
    } catch (thrown) {
      const title = "The tags were not changed";
      this.#notices.show({ tone: "bad", title, text: problemMessage(thrown) });
      return [];
    }
  }

  /** One question at a time: many runs may change at once. */
  async #load(): Promise<void> {
    this.#isStale = true;
    if (this.#loading) return;
    while (this.#isStale) {
      this.#isStale = false;
      this.#loading = this.#fetch();
      await this.#loading;
    }
    this.#loading = null;
  }

  async #fetch(): Promise<void> {
    try {
      this.#counts = (await this.#studio.client.tags.list({})).tags;
    } catch {
      // They are suggestions only; the next change asks again.
    }
  }
}

const idsOf = (runs: readonly RunSummary[]): string[] => runs.map(({ id }) => id);

const listed = (tags: readonly string[]): string =>
  `the ${tags.length === 1 ? "tag" : "tags"} ${tags.map((tag) => `«${tag}»`).join(", ")}`;
