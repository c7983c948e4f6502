/**
 * One run as the page sees it: stored state first, then the events that continue it. Listening
 * starts before asking, so that nothing falls between; events that come during the question wait.
 */
import type { LearningRates } from "../../main/spec/learning-rates.ts";
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
import { chartPoints, joined, noMeasurements } from "./measurements.ts";
import { withEvent, withSample, withSummary } from "./run-detail.ts";
import { singleStepOf, type SingleStep } from "./single-step.ts";

export type Action = "pause" | "continue" | "stop" | "save" | "resume" | "step" | "set" | "restore";

/** Rows that the page holds before it asks for fewer again. */
const mostRows = 3 * chartPoints;

export class TrainingRun {
  readonly id: string;
  #studio: Studio;
  #detail = $state.raw<RunDetail | null>(null);
  #measurements = $state.raw<Measurements>(noMeasurements);
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<string | null>(null);
  #action = $state.raw<Action | null>(null);
  #actionProblem = $state.raw<string | null>(null);
  #singleStep = $state.raw<SingleStep | null>(null);
  #deleted = $state.raw(false);
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
  /** Whether it was moved to the bin, here or elsewhere, while it is shown. */
  get deleted(): boolean {
    return this.#deleted;
  }
  /** What was asked for and is not done yet. */
  get action(): Action | null {
    return this.#action;
  }
  get actionProblem(): string | null {
    return this.#actionProblem;
  }
  /** What the last single step did; null once the run has gone on. */
  get singleStep(): SingleStep | null {
    return this.#singleStep;
  }

  /** Loads the run and follows it until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.deleted", ({ id }) => {
        if (id === this.id) this.#deleted = true;
      }),
      client.subscribe("run.changed", (run) => {
        // A run of the bin does not change but by coming back.
        if (run.id === this.id) this.#deleted = false;
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
        client.runs.measurements({ id: this.id, points: chartPoints }),
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
    this.#catchUp();
  }

  #catchUp(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const apply of early) apply();
  }

  /**
   * What an ended run wrote last. The figures that are shown stay as they are, so that nothing on the
   * screen moves; only those after them are asked for.
   */
  async #loadEnd(): Promise<void> {
    const { client } = this.#studio;
    const load = ++this.#loads;
    this.#early ??= [];
    const last = this.#measurements.steps.at(-1);
    try {
      const [detail, measurements] = await Promise.all([
        client.runs.get({ id: this.id }),
        client.runs.measurements({
          ...(last !== undefined && { after: last }),
          ...{ id: this.id, points: chartPoints },
        }),
      ]);
      if (load !== this.#loads) return;
      this.#detail = detail;
      this.#measurements = joined(this.#measurements, measurements);
    } catch {
      // What the events told is shown; the next connection asks again.
      if (load !== this.#loads) return;
    }
    this.#catchUp();
  }

  /** Of a long run that is watched for long, as many rows as are drawn. */
  async #thin(): Promise<void> {
    const load = ++this.#loads;
    this.#early ??= [];
    try {
      const asked = { id: this.id, points: chartPoints };
      const measurements = await this.#studio.client.runs.measurements(asked);
      if (load !== this.#loads) return;
      this.#measurements = measurements;
    } catch {
      if (load !== this.#loads) return;
    }
    this.#catchUp();
  }

  pause = (): Promise<void> => this.#do("pause", () => this.#studio.client.runs.pause(this.#asked));
  continue = (): Promise<void> =>
    this.#do("continue", () => this.#studio.client.runs.continue(this.#asked));
  stop = (): Promise<void> => this.#do("stop", () => this.#studio.client.runs.stop(this.#asked));
  save = (): Promise<void> => this.#do("save", () => this.#studio.client.runs.save(this.#asked));

  /** Has it back from the bin. */
  restore = (): Promise<void> =>
    this.#do("restore", () => this.#studio.client.runs.restore(this.#asked));

  /** Does one step of a paused run, and keeps what it changed. */
  step = (): Promise<void> =>
    this.#during("step", async () => {
      const measured = await this.#studio.client.runs.step(this.#asked);
      this.#apply(() => {
        this.#singleStep = singleStepOf(this.#measurements, measured);
        this.#measurements = joined(this.#measurements, measured);
      });
    });

  /**
   * Learning rates from the next step on, discriminator updates a step from the next epoch on; both
   * from where an ended run is resumed.
   */
  set = (changes: {
    learningRates?: Partial<LearningRates>;
    discriminatorSteps?: number;
  }): Promise<void> =>
    this.#do("set", () => this.#studio.client.runs.set({ ...this.#asked, ...changes }));

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

  #do(action: Action, ask: () => Promise<RunSummary>): Promise<void> {
    return this.#during(action, async () => {
      const run = await ask();
      this.#apply(() => {
        this.#changed(run);
      });
    });
  }

  async #during(action: Action, act: () => Promise<void>): Promise<void> {
    if (this.#action !== null) return;
    this.#action = action;
    this.#actionProblem = null;
    try {
      await act();
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
    if (status !== "paused") this.#singleStep = null;
    // A resumed run goes back to its checkpoint, and an ended one has written its last figures:
    // both times the store knows better than the events did.
    if (isLive(before) && !isLive(status)) void this.#loadEnd();
    if (!isLive(before) && isLive(status)) void this.load();
  }

  #progressed(progress: Progress): void {
    this.#measurements = joined(this.#measurements, progress.measurements);
    if (this.#detail && isLive(this.#detail.run.status)) this.#progress = progress;
    if (this.#measurements.steps.length > mostRows && this.#early === null) void this.#thin();
  }

  #sampled(sample: Sample): void {
    this.#detail &&= withSample(this.#detail, sample);
  }
}
