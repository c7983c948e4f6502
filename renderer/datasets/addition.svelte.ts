/** The adding of images that lie on the machine where GAN Studio runs: what is wanted, and how far it is. */
import type { PreparationProgress } from "../../main/contract/events.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { reportOf } from "../../main/spec/problem.ts";
import type { ImageShape } from "../../main/spec/shape.ts";
import { formatAmount, formatBytes, formatCount, formatDuration } from "../shared/formats.ts";
import type { Studio } from "../shared/studio.ts";

/** What became of the last one. */
export interface Outcome {
  tone: "good" | "bad" | "neutral";
  title: string;
  text: string;
}

/** Sides of square pictures that are offered; null leaves the size to the program. */
export const sides = [null, 28, 32, 64, 128] as const;

export class Addition {
  path = $state("");
  name = $state("");
  filter = $state("");
  side = $state.raw<number | null>(null);
  channels = $state.raw<1 | 3>(3);
  #studio: Studio;
  #onadded: (added: DatasetInfo) => void;
  /** The source that is being added, by this page or by another. */
  #source = $state.raw<string | null>(null);
  #isOwn = false;
  /** The last one of this page; late words about it are of no use. */
  #ended: string | null = null;
  #progress = $state.raw<PreparationProgress | null>(null);
  #outcome = $state.raw<Outcome | null>(null);
  #cancelling = $state.raw(false);

  constructor(studio: Studio, onadded: (added: DatasetInfo) => void) {
    this.#studio = studio;
    this.#onadded = onadded;
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
    return this.#studio.client.subscribe("dataset.preparing", (progress) => {
      if (this.#source === null && progress.source === this.#ended) return;
      // Begun before this page was loaded, or in another window.
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
    this.#source = source;
    this.#isOwn = true;
    this.#outcome = null;
    try {
      const added = await this.#studio.client.datasets.add({
        source,
        ...(name !== "" && { name }),
        ...(filter !== "" && { filter }),
        ...(image && { image }),
      });
      this.#onadded(added);
      this.#outcome = addedOutcome(added);
      this.path = this.name = this.filter = "";
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

const stages: Readonly<Record<PreparationProgress["stage"], string>> = {
  unpacking: "Unpacking the archive",
  pictures: "Preparing the pictures",
  lines: "Reading the lines",
};

/** `Preparing the pictures: 1,200 of 5,000, 12 s left`. */
export function preparationWords(progress: PreparationProgress | null): string {
  if (!progress) return "Looking at what is there";
  const { stage, done, total, secondsLeft } = progress;
  const amount = stage === "pictures" ? formatCount : formatBytes;
  const left = secondsLeft === null ? "" : `, ${formatDuration(secondsLeft)} left`;
  return `${stages[stage]}: ${amount(done)} of ${amount(total)}${left}`;
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
