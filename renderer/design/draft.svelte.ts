/** The run that is being designed: its document with undo and redo, what can be said about it, its start. */
import * as v from "valibot";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { flowsOf, type Flows } from "../../main/spec/cost.ts";
import { documentSchema } from "../../main/spec/document.ts";
import { presetOf } from "../../main/spec/presets.ts";
import { seedsIn } from "../../main/spec/seeds.ts";
import { remarksOn, type Remark } from "../../main/spec/remarks.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { dataRemarks } from "./data-remarks.ts";
import { datasetOf, withDataset, withValue, type Path } from "./document.ts";
import { settingsToFork } from "./fork-settings.ts";
import { changed, historyOf, redone, undone, type History } from "./history.ts";
import {
  keepDraft,
  keepHistory,
  readDraft,
  readHistory,
  type DraftStorage,
  type KeptDraft,
} from "./kept-draft.ts";
import { startDesign, type Started } from "./start-design.ts";

const firstPreset = "lsgan-dc";

export class Draft {
  #studio: Studio;
  #storage: DraftStorage;
  #history: History<Pick<KeptDraft, "document" | "from">>;
  #name: string;
  #seeds: string;
  #taken: string | null;
  /** Counts what addresses asked for; the answer to an older one is dropped. */
  #takes = 0;
  #datasets = $state.raw<readonly DatasetInfo[]>([]);
  #starting = $state.raw(false);
  #startProblem = $state.raw<string | null>(null);
  #takeProblem = $state.raw<string | null>(null);
  #form = $derived.by(() => v.safeParse(documentSchema, this.document));
  #faults: readonly string[] = $derived(
    this.#form.issues?.map((issue) => v.getDotPath(issue) ?? "") ?? [],
  );
  #flows = $derived.by(() => flowsOf(this.document));
  #dataset = $derived.by(() => datasetOf(this.document.data, this.#datasets));
  #remarks = $derived.by(() =>
    this.#form.success
      ? [
          ...dataRemarks(this.document, this.#dataset),
          ...remarksOn(this.document, this.#dataset?.classNames ?? [], this.#flows),
        ]
      : [],
  );

  constructor(studio: Studio, storage: DraftStorage) {
    const kept = readDraft(storage);
    this.#studio = studio;
    this.#storage = storage;
    this.#history = $state.raw({
      ...historyOf({
        document: kept?.document ?? presetOf(firstPreset).specification,
        from: kept?.from ?? null,
      }),
      ...readHistory(),
    });
    this.#name = $state(kept?.name ?? "");
    this.#seeds = $state(kept?.seeds ?? "");
    this.#taken = kept?.taken ?? null;
  }

  get document(): Specification {
    return this.#history.present.document;
  }
  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    this.#name = name;
    this.#keep();
  }
  /** As they are typed; empty for the document's one seed. A fork has the seed of its parent. */
  get seedsText(): string {
    return this.from?.fork ? "" : this.#seeds;
  }
  set seedsText(text: string) {
    this.#seeds = text;
    this.#keep();
  }
  /** One run is trained for each; empty for one run with the document's seed, null for no seeds at all. */
  get seeds(): number[] | null {
    const text = this.seedsText.trim();
    return text === "" ? [] : seedsIn(text);
  }
  /** The run whose settings were taken over; null after a preset was chosen. */
  get from(): KeptDraft["from"] {
    return this.#history.present.from;
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }
  /** Dot paths of fields that hold what they must not. */
  get faults(): readonly string[] {
    return this.#faults;
  }
  get flows(): Flows {
    return this.#flows;
  }
  /** The data set of the document, as far as it is on the list. */
  get dataset(): DatasetInfo | null {
    return this.#dataset;
  }
  /** Empty while a field holds nothing usable: nothing can be said of such a document. */
  get remarks(): readonly Remark[] {
    return this.#remarks;
  }
  /** Whether every field holds what it may, so that costs can be counted. */
  get isComplete(): boolean {
    return this.#form.success;
  }
  get canStart(): boolean {
    if (this.seeds === null) return false;
    return this.#form.success && !this.#remarks.some(({ tone }) => tone === "problem");
  }
  get starting(): boolean {
    return this.#starting;
  }
  get startProblem(): string | null {
    return this.#startProblem;
  }

  /** Why a run's settings could not be taken over. */
  get takeProblem(): string | null {
    return this.#takeProblem;
  }

  /** Tells which data sets there are. */
  know(datasets: readonly DatasetInfo[]): void {
    this.#datasets = datasets;
  }

  /** A change of the whole; `key` joins it with the change before that had the same. */
  change(document: Specification, key: string | null = null): void {
    this.#commit(document, this.from, key);
  }

  /** Sets the value at a path; typing on in one field is one act. */
  edit = (path: Path, value: unknown): void => {
    this.change(withValue(this.document, path, value), path.join("."));
  };

  undo(): void {
    this.#history = undone(this.#history);
    this.#keep();
  }

  redo(): void {
    this.#history = redone(this.#history);
    this.#keep();
  }

  /** The preset with the data that is chosen; digits, which every preset names, are its default. */
  choosePreset(id: string): void {
    const { specification } = presetOf(id);
    const dataset = this.#dataset;
    const document = dataset === null ? specification : withDataset(specification, dataset);
    this.#commit(document, null, null);
  }

  /**
   * What the page's address asks for: the settings of a run, its data too, or (null) just the draft.
   * With `forkAfter` those that the run had at the end of that epoch, and what is started is its fork.
   * After a reload they are not taken over again. What was designed before is an undo away.
   */
  async takeOver(id: string | null, forkAfter: number | null = null): Promise<void> {
    const take = ++this.#takes;
    this.#takeProblem = null;
    if (id === null) {
      this.#taken = null;
      this.#keep();
      return;
    }
    const taken = forkAfter === null ? id : `${id} after ${forkAfter.toString()}`;
    if (taken === this.#taken) return;
    try {
      const detail = await this.#studio.client.runs.get({ id });
      if (take !== this.#takes) return;
      const { name } = detail.run;
      this.#taken = taken;
      if (forkAfter === null) {
        this.#name = name;
        this.#commit(detail.specification, { name }, null);
      } else {
        const { epoch, specification } = settingsToFork(detail, forkAfter);
        this.#name = `${name}, fork`.slice(0, 200);
        this.#commit(specification, { name, fork: { run: id, epoch } }, null);
      }
    } catch (thrown) {
      if (take === this.#takes) this.#takeProblem = problemMessage(thrown);
    }
  }

  /** Starts the run, or a group of seeds; null when nothing could be started, see `startProblem`. */
  async start(): Promise<Started | null> {
    const { seeds } = this;
    if (!this.canStart || seeds === null || this.#starting) return null;
    const specification = this.document;
    this.#starting = true;
    this.#startProblem = null;
    try {
      const { fork } = this.from ?? {};
      const design = { specification, name: this.name.trim(), seeds, fork };
      const started = await startDesign(this.#studio, design, this.#datasets);
      // The next «new run like this» of the same run starts afresh.
      this.#taken = null;
      this.#keep();
      return started;
    } catch (thrown) {
      this.#startProblem = problemMessage(thrown);
      return null;
    } finally {
      this.#starting = false;
    }
  }

  #commit(document: Specification, from: KeptDraft["from"], key: string | null): void {
    if (document === this.document && from === this.from) return;
    this.#history = changed(this.#history, { document, from }, key);
    this.#startProblem = null;
    this.#keep();
  }

  #keep(): void {
    keepDraft(this.#storage, {
      ...{ ...this.#history.present, name: this.#name, seeds: this.#seeds },
      taken: this.#taken,
    });
    keepHistory(this.#history);
  }
}
