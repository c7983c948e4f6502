/** The adding of images that lie on the machine where GAN Studio runs: what is wanted, and how far it is. */
import * as v from "valibot";
import type { PreparationProgress } from "../../main/contract/events.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { reportOf } from "../../main/spec/problem.ts";
import type { ImageShape } from "../../main/spec/shape.ts";
import { formatAmount, formatBytes, formatCount, formatDuration } from "../shared/formats.ts";
import { keep, recall } from "../shared/kept.ts";
import { newestOnly } from "../shared/newest-only.ts";
import type { Studio } from "../shared/studio.ts";
import { findWork } from "../shared/works.ts";
import { sourceName } from "./preparing.svelte.ts";

/** What became of the last one. */
export interface Outcome {
  tone: "good" | "bad" | "neutral";
  title: string;
  text: string;
}

const keptName = "add images";
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const keptSchema = v.strictObject({
  ...{ path: text(4096), name: text(200), filter: text(200) },
  side: v.nullable(v.number()),
  channels: v.picklist([1, 3]),
  stacked: v.boolean(),
});

/** Sides of square pictures that are offered; null leaves the size to the program. */
export const sides = [null, 28, 32, 64, 128] as const;

export class Addition {
  path = $state("");
  name = $state("");
  filter = $state("");
  side = $state.raw<number | null>(null);
  channels = $state.raw<1 | 3>(3);
  /** Three grey images at random become one of colour. */
  stacked = $state(false);
  #studio: Studio;
  #onadded: (added: DatasetInfo) => void;
  /** The source that is being added, by this page or by another. */
  #source = $state.raw<string | null>(null);
  /** Whether this page waits for its end. */
  #isOwn = false;
  /** One that was asked for before this page was loaded, or by another. */
  #rejoin = newestOnly<null>(() => this.#find());
  /** The last one of this page; late words about it are of no use. */
  #ended: string | null = null;
  #progress = $state.raw<PreparationProgress | null>(null);
  #outcome = $state.raw<Outcome | null>(null);
  #cancelling = $state.raw(false);

  constructor(studio: Studio, onadded: (added: DatasetInfo) => void) {
    this.#studio = studio;
    this.#onadded = onadded;
    const kept = recall(keptName, keptSchema);
    if (kept) Object.assign(this, kept);
  }

  get source(): string | null {
    return this.#source;
  }
  /** Null while nothing is known of it. */
  get progress(): PreparationProgress | null {
    return this.#progress;
  }
  get outcome(): Outcome | null {
    return this.#outcome;
  }
  get cancelling(): boolean {
    return this.#cancelling;
  }
  /** The size that is asked for; undefined leaves it to the program. */
  get image(): ImageShape | undefined {
    if (this.side === null) return undefined;
    return { height: this.side, width: this.side, channels: this.channels };
  }

  /** Follows what is being made ready until the returned function is called. */
  open(): () => void {
    this.#rejoin.ask(null);
    return this.#studio.client.subscribe("dataset.preparing", (progress) => {
      if (this.#source === null && progress.source === this.#ended) return;
      // Begun in another window, or for a run that is to train on it.
      if (this.#source === null) this.#rejoin.ask(null);
      this.#source ??= progress.source;
      if (progress.source === this.#source) this.#progress = progress;
      const isLast = progress.done >= progress.total && progress.stage !== "unpacking";
      if (isLast && !this.#isOwn) this.#end();
    });
  }

  /** Adds what the fields say. Its outcome stays until the next one. */
  async add(): Promise<void> {
    const source = this.path.trim();
    if (source === "" || this.#source !== null) return;
    const [name, filter, image] = [this.name.trim(), this.filter.trim(), this.image];
    await this.#follow(
      source,
      this.#studio.client.datasets.add({
        ...(name !== "" && { name }),
        ...(this.stacked
          ? { source: stackedSource(source) }
          : { source, ...(filter !== "" && { filter }), ...(image && { image }) }),
      }),
    );
  }

  /** What is typed stays over a reload. */
  keep(): void {
    const { path, name, filter, side, channels, stacked } = this;
    keep(keptName, { path, name, filter, side, channels, stacked });
  }

  async #find(): Promise<void> {
    const work = await findWork(this.#studio, "datasets.add");
    if (this.#isOwn) return;
    if (work) await this.#follow(sourceName(work.payload.source), work.join(), work.progress);
    // It ended while it was looked for.
    else this.#source = this.#progress = null;
  }

  async #follow(
    source: string,
    answer: Promise<DatasetInfo>,
    progress: PreparationProgress | null = null,
  ): Promise<void> {
    this.#source = source;
    this.#progress = progress;
    this.#isOwn = true;
    this.#outcome = null;
    try {
      const added = await answer;
      this.#onadded(added);
      this.#outcome = addedOutcome(added);
      if (this.path.trim() === source) {
        this.path = this.name = this.filter = "";
        this.stacked = false;
      }
    } catch (thrown) {
      this.#outcome = failedOutcome(thrown);
    } finally {
      this.#end();
    }
  }

  /** Calls off what is being added; nothing of it is kept. */
  async cancel(): Promise<void> {
    const source = this.#source;
    if (source === null) return;
    const isOwn = this.#isOwn;
    this.#cancelling = true;
    try {
      await this.#studio.client.datasets.cancelAdd({ source });
      // One of another page does not tell this one how it ended.
      if (!isOwn) this.#end();
    } catch (thrown) {
      this.#outcome = failedOutcome(thrown);
    } finally {
      this.#cancelling = false;
    }
  }

  #end(): void {
    this.#ended = this.#source;
    this.#source = this.#progress = null;
    this.#isOwn = false;
  }
}

/** As many as stacked MNIST has in the literature; the seed is ours. */
const stackedSource = (path: string) =>
  ({ kind: "stacked", path, count: 128_000, seed: 1 }) as const;

const stages: Readonly<Record<PreparationProgress["stage"], string>> = {
  unpacking: "Unpacking the archive",
  pictures: "Preparing the pictures",
  lines: "Reading the lines",
};

/** `Preparing the pictures: 1,200 of 5,000`. */
export function preparationStage({ stage, done, total }: PreparationProgress): string {
  const amount = stage === "pictures" ? formatCount : formatBytes;
  return `${stages[stage]}: ${amount(done)} of ${amount(total)}`;
}

/** The same with the time that is left: `Preparing the pictures: 1,200 of 5,000, 12 s left`. */
export function preparationWords(progress: PreparationProgress | null): string {
  if (!progress) return "Looking at what is there";
  const { secondsLeft } = progress;
  const left = secondsLeft === null ? "" : `, ${formatDuration(secondsLeft)} left`;
  return `${preparationStage(progress)}${left}`;
}

function addedOutcome({ name, length, unusableCount = 0 }: DatasetInfo): Outcome {
  const images = `${formatAmount(length, "image")} can be trained on.`;
  const unused = `${formatAmount(unusableCount, "file")} could not be used; the data set lists them with the reasons.`;
  return {
    tone: "good",
    title: `«${name}» was added`,
    text: unusableCount > 0 ? `${images} ${unused}` : images,
  };
}

function failedOutcome(thrown: unknown): Outcome {
  const { code, message } = reportOf(thrown);
  return code === "download.cancelled"
    ? { tone: "neutral", title: "Called off", text: message }
    : { tone: "bad", title: "These images could not be added", text: message };
}
