/** The taking in of a run from a bundle that lies on the machine where GAN Studio runs. */
import * as v from "valibot";
import type { BundleProgress, ImportedRun } from "../../main/contract/bundles.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { reportOf } from "../../main/spec/problem.ts";
import { formatBytes, formatCount } from "../shared/formats.ts";
import { keep, recall } from "../shared/kept.ts";
import type { Studio } from "../shared/studio.ts";
import type { Tone } from "../shared/status.ts";
import { findWork } from "../shared/works.ts";

export interface ImportOutcome {
  tone: Tone;
  title: string;
  text: string;
  /** The run that is here now; null where none came. */
  run: string | null;
}

const keptName = "import run";
const keptSchema = v.strictObject({
  path: v.pipe(v.string(), v.maxLength(4096)),
  dataset: v.string(),
});

export class BundleImport {
  path = $state("");
  /** Id of a data set that takes the place of the run's own; "" keeps that. */
  dataset = $state("");
  #studio: Studio;
  #datasets = $state.raw<readonly DatasetInfo[]>([]);
  #working = $state.raw<string | null>(null);
  #progress = $state.raw<BundleProgress | null>(null);
  #outcome = $state.raw<ImportOutcome | null>(null);
  #cancelling = $state.raw(false);

  constructor(studio: Studio) {
    this.#studio = studio;
    Object.assign(this, recall(keptName, keptSchema));
  }

  /** Those that can be chosen. */
  get datasets(): readonly DatasetInfo[] {
    return this.#datasets;
  }
  get busy(): boolean {
    return this.#working !== null;
  }
  get progress(): BundleProgress | null {
    return this.#progress;
  }
  get outcome(): ImportOutcome | null {
    return this.#outcome;
  }
  get cancelling(): boolean {
    return this.#cancelling;
  }

  /** Follows the import until the returned function is called. */
  open(): () => void {
    void this.#listDatasets();
    void this.#rejoin();
    return this.#studio.client.subscribe("bundle.progress", (progress) => {
      // What was typed may begin with ~; the program tells the whole path.
      const isImport = progress.stage === "unpacking" || progress.stage === "comparing";
      if (this.#working !== null && isImport) this.#progress = progress;
    });
  }

  async start(): Promise<void> {
    const path = this.path.trim();
    if (path === "" || this.#working !== null) return;
    const data = this.#datasets.find(({ id }) => id === this.dataset)?.source;
    await this.#follow(path, this.#studio.client.runs.import({ path, ...(data && { data }) }));
  }

  /** What is typed stays over a reload. */
  keep(): void {
    const { path, dataset } = this;
    keep(keptName, { path, dataset });
  }

  /** One that was asked for before this page was loaded. */
  async #rejoin(): Promise<void> {
    const work = await findWork(this.#studio, "runs.import");
    if (work && this.#working === null)
      await this.#follow(work.payload.path, work.join(), work.progress);
  }

  async #follow(
    path: string,
    answer: Promise<ImportedRun>,
    progress: BundleProgress | null = null,
  ): Promise<void> {
    this.#working = path;
    this.#progress = progress;
    this.#outcome = null;
    try {
      this.#outcome = outcomeOf(await answer);
      if (this.path.trim() === path) this.path = "";
    } catch (thrown) {
      this.#outcome = failureOf(thrown);
    } finally {
      this.#working = this.#progress = null;
    }
  }

  async cancel(): Promise<void> {
    if (this.#working === null) return;
    this.#cancelling = true;
    try {
      await this.#studio.client.runs.cancelBundle({ path: this.#working });
    } catch (thrown) {
      this.#outcome = failureOf(thrown);
    } finally {
      this.#cancelling = false;
    }
  }

  async #listDatasets(): Promise<void> {
    try {
      this.#datasets = (await this.#studio.client.datasets.list({})).datasets;
    } catch {
      // A run comes in without the choice as well.
      this.#datasets = [];
    }
  }
}

export function progressWords(progress: BundleProgress | null): string {
  if (!progress) return "Looking at the bundle";
  if (progress.stage === "comparing") return "Drawing its images again";
  return `Unpacking: ${formatBytes(progress.done)} of ${formatBytes(progress.total)}`;
}

function outcomeOf(imported: ImportedRun): ImportOutcome {
  const { run, outcome, formerId, advice } = imported;
  if (outcome !== "imported") {
    const what =
      outcome === "known" ? "nothing was changed" : "from now on it trains on the chosen data set";
    return {
      ...{ tone: "neutral", title: "Already there", run: run.id },
      text: `«${run.name}» is in the history; ${what}.`,
    };
  }
  const newId = formerId === null ? null : `Another run here has the id ${formerId}.`;
  const text = [proofOf(imported), newId, advice].filter((words) => words !== null).join(" ");
  const isExact = imported.difference === 0 || imported.difference === null;
  const tone = isExact && advice === null ? "good" : "warn";
  return { tone, title: `«${run.name}» was imported`, text, run: run.id };
}

function proofOf({ step, difference }: ImportedRun): string {
  if (step === null || difference === null)
    return "Every checksum is right; there was no checkpoint with images to draw again.";
  const drawn = `Every checksum is right, and the images of step ${formatCount(step)}, drawn again,`;
  return difference === 0
    ? `${drawn} are identical.`
    : `${drawn} differ by ${formatCount(difference)} of 255 grey levels at most. Another engine or machine may differ by a little.`;
}

function failureOf(thrown: unknown): ImportOutcome {
  const { code, message } = reportOf(thrown);
  return code === "bundle.cancelled"
    ? { tone: "neutral", title: "Called off", text: message, run: null }
    : { tone: "bad", title: "This bundle could not be imported", text: message, run: null };
}
