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
import { RunActs } from "./run-acts.svelte.ts";
import { chartPoints, joined, noMeasurements } from "./measurements.ts";
import { withEvent, withSample, withSummary } from "./run-detail.ts";
import { singleStepOf, type SingleStep } from "./single-step.ts";

/** Rows that the page holds before it asks for fewer again. */
const mostRows = 3 * chartPoints;

export class TrainingRun {
  readonly id: string;
  /** What can be done with it. */
  readonly acts: RunActs;
  #studio: Studio;
  #detail = $state.raw<RunDetail | null>(null);
  #measurements = $state.raw<Measurements>(noMeasurements);
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<string | null>(null);
  #singleStep = $state.raw<SingleStep | null>(null);
  #deleted = $state.raw(false);
  #early: (() => void)[] | null = null;
  #loads = 0;

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.id = id;
    this.acts = new RunActs(studio, id, {
      changed: (run) => {
        this.#apply(() => {
          this.#changed(run);
        });
      },
      stepped: (measured) => {
        this.#apply(() => {
          this.#singleStep = singleStepOf(this.#measurements, measured);
          this.#measurements = joined(this.#measurements, measured);
        });
      },
    });
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

  /** Asks for everything again. */
  load = (): Promise<void> =>
    this.#ask(
      async () => {
        const { runs } = this.#studio.client;
        return Promise.all([
          runs.get({ id: this.id }),
          runs.measurements({ id: this.id, points: chartPoints }),
        ]);
      },
      ([detail, measurements]) => {
        this.#detail = detail;
        this.#measurements = measurements;
        this.#problem = null;
        if (!isLive(detail.run.status)) this.#progress = null;
      },
      (thrown) => {
        this.#problem = problemMessage(thrown);
      },
    );

  /**
   * What an ended run wrote last. The figures that are shown stay as they are, so that nothing on the
   * screen moves; only those after them are asked for.
   */
  #loadEnd(): Promise<void> {
    const { runs } = this.#studio.client;
    const after = this.#measurements.steps.at(-1);
    const asked = { id: this.id, points: chartPoints, ...(after !== undefined && { after }) };
    return this.#ask(
      () => Promise.all([runs.get({ id: this.id }), runs.measurements(asked)]),
      ([detail, measurements]) => {
        this.#detail = detail;
        this.#measurements = joined(this.#measurements, measurements);
      },
    );
  }

  /** Of a long run that is watched for long, as many rows as are drawn. */
  #thin(): Promise<void> {
    return this.#ask(
      () => this.#studio.client.runs.measurements({ id: this.id, points: chartPoints }),
      (measurements) => (this.#measurements = measurements),
    );
  }

  /**
   * The newest of several questions wins; events that come meanwhile are applied to its answer. Where
   * nothing is said of a failure, what the events told is shown, and the next connection asks again.
   */
  async #ask<Answer>(
    question: () => Promise<Answer>,
    take: (answer: Answer) => void,
    fail: (thrown: unknown) => void = () => undefined,
  ): Promise<void> {
    const load = ++this.#loads;
    this.#early ??= [];
    try {
      const answer = await question();
      if (load !== this.#loads) return;
      take(answer);
    } catch (thrown) {
      if (load !== this.#loads) return;
      fail(thrown);
    }
    const early = this.#early;
    this.#early = null;
    for (const apply of early) apply();
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
