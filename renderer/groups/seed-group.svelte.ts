/** A group of seeds as the page sees it: its runs and what they measured, kept current by events. */
import type { GroupDetail, GroupMeasurements } from "../../main/contract/family.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

/** Steps that are asked for: a band of more would only be drawn upon itself. */
const points = 800;

export class SeedGroup {
  readonly id: string;
  #studio: Studio;
  #detail = $state.raw<GroupDetail | null>(null);
  #measurements = $state.raw<GroupMeasurements | null>(null);
  #problem = $state.raw<string | null>(null);
  #cancelling = $state.raw(false);
  #cancelProblem = $state.raw<string | null>(null);
  #loads = 0;
  #isLoading = false;
  #isStale = false;

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.id = id;
  }

  get detail(): GroupDetail | null {
    return this.#detail;
  }
  /** By step, over the runs that had measured it. */
  get measurements(): GroupMeasurements | null {
    return this.#measurements;
  }
  /** Why the group cannot be shown. */
  get problem(): string | null {
    return this.#problem;
  }
  get cancelling(): boolean {
    return this.#cancelling;
  }
  get cancelProblem(): string | null {
    return this.#cancelProblem;
  }

  /** Loads the group and follows it until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const load = () => void this.load();
    const stops = [
      client.subscribe("group.changed", ({ id }) => {
        if (id === this.id) load();
      }),
      // A member has stored more, or ended.
      client.subscribe("run.changed", ({ group }) => {
        if (group?.id === this.id) load();
      }),
      connection.onReconnect(load),
    ];
    load();
    return () => {
      this.#loads += 1;
      for (const stop of stops) stop();
    };
  }

  /** One question at a time: what changes meanwhile is asked for once more after it. */
  async load(): Promise<void> {
    if (this.#isLoading) {
      this.#isStale = true;
      return;
    }
    const { groups } = this.#studio.client;
    const load = ++this.#loads;
    this.#isLoading = true;
    try {
      const asked = { id: this.id };
      const [detail, measurements] = await Promise.all([
        groups.get(asked),
        groups.measurements({ ...asked, points }),
      ]);
      if (load === this.#loads) {
        this.#detail = detail;
        this.#measurements = measurements;
        this.#problem = null;
      }
    } catch (thrown) {
      if (load === this.#loads) this.#problem = problemMessage(thrown);
    }
    this.#isLoading = false;
    if (!this.#isStale || load !== this.#loads) return;
    this.#isStale = false;
    await this.load();
  }

  /** Stops the run that trains and drops the seeds that wait. */
  async cancel(): Promise<void> {
    if (this.#cancelling) return;
    this.#cancelling = true;
    this.#cancelProblem = null;
    try {
      await this.#studio.client.groups.cancel({ id: this.id });
    } catch (thrown) {
      this.#cancelProblem = problemMessage(thrown);
    }
    this.#cancelling = false;
  }
}
