/**
 * One run as the page sees it: stored state first, then the events that continue it. Listening
 * starts before asking, so that nothing falls between; events that come during the question wait.
 */
import type {
  Measurements,
  Progress,
  RunDetail,
  RunSummary,
  Sample,
} from "../../main/contract/runs.ts";
import { problemMessage } from "../shared/problem-message.ts";
import { isLive } from "../shared/status.ts";
import type { Studio } from "../shared/studio.ts";
import { joined, noMeasurements } from "./measurements.ts";
import { withEvent, withSample, withSummary } from "./run-detail.ts";

export type Action = "pause" | "continue" | "stop" | "save" | "resume";

export class TrainingRun {
  readonly id: string;
  #studio: Studio;
  #detail = $state.raw<RunDetail | null>(null);
  #measurements = $state.raw<Measurements>(noMeasurements);
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<string | null>(null);
  #action = $state.raw<Action | null>(null);
  #actionProblem = $state.raw<string | null>(null);
  #early: (() => void)[] | null = null;
  #loads = 0;

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.id = id;
  }

  get detail(): RunDetail | null {
    return this.#detail;
  }
  get measurements(): Measurements {
    return this.#measurements;
  }
  /** How the live session is getting on; null when there is none or it has not said. */
  get progress(): Progress | null {
    return this.#progress;
  }
  /** Why the run cannot be shown. */
  get problem(): string | null {
    return this.#problem;
  }
  /** What was asked for and is not done yet. */
  get action(): Action | null {
    return this.#action;
  }
  get actionProblem(): string | null {
    return this.#actionProblem;
  }

  /** Loads the run and follows it until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.changed", (run) => {
        if (run.id === this.id)
          this.#apply(() => {
            this.#changed(run);
          });
      }),
      client.subscribe("run.progress", (progress) => {
        if (progress.id === this.id)
          this.#apply(() => {
            this.#progressed(progress);
          });
      }),
      client.subscribe("run.sampled", ({ id, sample }) => {
        if (id === this.id)
          this.#apply(() => {
            this.#sampled(sample);
          });
      }),
      client.subscribe("run.event", ({ id, event }) => {
        if (id === this.id) this.#apply(() => (this.#detail &&= withEvent(this.#detail, event)));
      }),
      connection.onReconnect(() => void this.load()),
    ];
    void this.load();
    return () => {
      this.#loads += 1;
      for (const stop of stops) stop();
    };
  }

  /** Asks for everything again; the newest of several questions wins. */
  async load(): Promise<void> {
    const { client } = this.#studio;
    const load = ++this.#loads;
    this.#early ??= [];
    try {
      const [detail, measurements] = await Promise.all([
        client.runs.get({ id: this.id }),
        client.runs.measurements({ id: this.id }),
      ]);
      if (load !== this.#loads) return;
      this.#detail = detail;
      this.#measurements = measurements;
      this.#problem = null;
      if (!isLive(detail.run.status)) this.#progress = null;
    } catch (thrown) {
      if (load !== this.#loads) return;
      this.#problem = problemMessage(thrown);
    }
    const early = this.#early;
    this.#early = null;
    for (const apply of early) apply();
  }

  pause = (): Promise<void> => this.#do("pause", () => this.#studio.client.runs.pause(this.#asked));
  continue = (): Promise<void> =>
    this.#do("continue", () => this.#studio.client.runs.continue(this.#asked));
  stop = (): Promise<void> => this.#do("stop", () => this.#studio.client.runs.stop(this.#asked));
  save = (): Promise<void> => this.#do("save", () => this.#studio.client.runs.save(this.#asked));

  /** Trains an ended run on, up to `epochs` (and `steps`, where the run has such a limit) in all. */
  resume = (epochs: number, steps: number | null): Promise<void> =>
    this.#do("resume", () =>
      this.#studio.client.runs.resume({
        ...this.#asked,
        epochs,
        ...(steps === null ? {} : { steps }),
        engine: "auto",
      }),
    );

  get #asked(): { id: string } {
    return { id: this.id };
  }

  async #do(action: Action, ask: () => Promise<RunSummary>): Promise<void> {
    if (this.#action !== null) return;
    this.#action = action;
    this.#actionProblem = null;
    try {
      const run = await ask();
      this.#apply(() => {
        this.#changed(run);
      });
    } catch (thrown) {
      this.#actionProblem = problemMessage(thrown);
    } finally {
      this.#action = null;
    }
  }

  #apply(change: () => void): void {
    if (this.#early) this.#early.push(change);
    else change();
  }

  #changed(run: RunSummary): void {
    if (!this.#detail) return;
    const before = this.#detail.run.status;
    this.#detail = withSummary(this.#detail, run);
    const { status } = this.#detail.run;
    if (!isLive(status)) this.#progress = null;
    // A resumed run goes back to its checkpoint, and an ended one has written its last figures:
    // both times the store knows better than the events did.
    if (isLive(before) !== isLive(status)) void this.load();
  }

  #progressed(progress: Progress): void {
    this.#measurements = joined(this.#measurements, progress.measurements);
    if (this.#detail && isLive(this.#detail.run.status)) this.#progress = progress;
  }

  #sampled(sample: Sample): void {
    this.#detail &&= withSample(this.#detail, sample);
  }
}
