/**
 * Looking around in one run's generator: which checkpoint, which new samples, and the two that were
 * picked. The tools below (the way between, sliders, nearest images, search) start from here.
 */
import { bytesOfVectors } from "../../main/contract/explore.ts";
import type { RunDetail } from "../../main/contract/runs.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { imagesOf, sorted, type ExploredImage, type Order } from "./explored-image.ts";

export type Side = "a" | "b";

export interface SampleSettings {
  seed: number | null;
  count: number | null;
  /** Null: each class in turn. */
  label: number | null;
  /** Null: none. */
  truncation: number | null;
}

export class Exploration {
  readonly studio: Studio;
  readonly id: string;
  #detail = $state.raw<RunDetail | null>(null);
  #dataset = $state.raw<DatasetInfo | null>(null);
  #problem = $state.raw<string | null>(null);
  #step = $state.raw<number | null>(null);
  #remark = $state.raw<string | null>(null);
  #settings = $state.raw<SampleSettings>({ seed: 1, count: 64, label: null, truncation: null });
  #samples = $state.raw<readonly ExploredImage[] | null>(null);
  #drawProblem = $state.raw<string | null>(null);
  #drawing = $state.raw(false);
  #order = $state.raw<Order>("drawn");
  #picks = $state.raw<Record<Side, ExploredImage | null>>({ a: null, b: null });
  #next = $state.raw<Side>("a");
  /** Something was asked for since the last draw began. */
  #again = false;
  readonly #shown = $derived(this.#samples && sorted(this.#samples, this.#order));

  constructor(studio: Studio, id: string) {
    this.studio = studio;
    this.id = id;
  }

  /** Null before the first answer. */
  get detail(): RunDetail | null {
    return this.#detail;
  }
  /** Why the run cannot be shown. */
  get problem(): string | null {
    return this.#problem;
  }
  get settings(): SampleSettings {
    return this.#settings;
  }
  /** The samples in the chosen order; null before the first. */
  get shown(): readonly ExploredImage[] | null {
    return this.#shown;
  }
  get drawing(): boolean {
    return this.#drawing;
  }
  get drawProblem(): string | null {
    return this.#drawProblem;
  }
  /** What is worth knowing of the checkpoint that draws. */
  get remark(): string | null {
    return this.#remark;
  }
  get order(): Order {
    return this.#order;
  }
  set order(order: Order) {
    this.#order = order;
  }
  get a(): ExploredImage | null {
    return this.#picks.a;
  }
  get b(): ExploredImage | null {
    return this.#picks.b;
  }
  /** Which one the next click picks. */
  get next(): Side {
    return this.#next;
  }
  set next(side: Side) {
    this.#next = side;
  }
  /** The checkpoint's step; null while the run has none. */
  get step(): number | null {
    return this.#step;
  }
  /** What every question names: the run, and its checkpoint. */
  get place(): { id: string; step?: number } {
    return { id: this.id, ...(this.#step !== null && { step: this.#step }) };
  }
  /** Number of classes that the generator draws; 0 where it knows of none. */
  get classes(): number {
    return this.#detail?.specification.conditioning?.classes ?? 0;
  }
  get truncates(): boolean {
    return this.#detail?.specification.latent.distribution === "normal";
  }
  /** Why the samples cannot be drawn as the fields say; null where they can. */
  get fieldProblem(): string | null {
    const { seed, count } = this.#settings;
    const isWhole = (value: number | null, least: number, most: number) =>
      value !== null && Number.isInteger(value) && value >= least && value <= most;
    if (!isWhole(seed, 0, 0x7fffffff)) return "The seed is a whole number from 0 to 2,147,483,647.";
    return isWhole(count, 1, 256) ? null : "From 1 to 256 images can be drawn at a time.";
  }

  /** «class 3», or its name where the data set has names. */
  className = (label: number): string =>
    this.#dataset?.classNames?.[label] ?? `class ${label.toString()}`;

  /** Loads the run and draws its first samples. The returned function frees what the program holds. */
  open(): () => void {
    void this.load();
    return () => {
      this.studio.client.explore.close({ id: this.id }).catch(() => undefined);
    };
  }

  async load(): Promise<void> {
    try {
      const detail = await this.studio.client.runs.get({ id: this.id });
      this.#detail = detail;
      this.#problem = null;
      this.#step = detail.checkpoints.at(-1)?.step ?? null;
      if (this.classes > 0 && this.classes <= 16) this.change({ count: this.classes * 6 });
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
      return;
    }
    if (this.#step === null) return;
    await Promise.all([this.draw(), this.#findDataset()]);
  }

  change(settings: Partial<SampleSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** Takes another checkpoint: the same vectors, and the same picks, drawn by it. */
  async choose(step: number): Promise<void> {
    this.#remark = null;
    this.#step = step;
    await Promise.all([this.draw(), this.#redrawPicks()]);
  }

  /** Draws what the fields ask for: one after the other, and of what is asked meanwhile only the last. */
  async draw(): Promise<void> {
    if (this.fieldProblem !== null) return;
    this.#again = true;
    if (this.#drawing) return;
    this.#drawing = true;
    while (this.#again) {
      this.#again = false;
      await this.#drawOnce();
    }
    this.#drawing = false;
  }

  async #drawOnce(): Promise<void> {
    const { seed, count, label, truncation } = this.#settings;
    if (seed === null || count === null) return;
    const latent = { kind: "new", seed, count, label, truncation } as const;
    try {
      const answer = await this.studio.client.explore.images({ ...this.place, latent });
      if (this.#again) return;
      if (this.#step !== null && answer.step !== this.#step) this.#fallBack(answer.step);
      const drawn = imagesOf(answer);
      this.#samples = drawn;
      this.#drawProblem = null;
      const [first = null, second = first] = drawn;
      this.#picks = { a: this.a ?? first, b: this.b ?? second };
    } catch (thrown) {
      this.#drawProblem = problemMessage(thrown);
    }
  }

  /** A damaged checkpoint is never used in silence: the one before it drew, and is now the chosen one. */
  #fallBack(step: number): void {
    const damaged = (this.#step ?? 0).toLocaleString("en");
    this.#remark = `The checkpoint of step ${damaged} is damaged; these images are of step ${step.toLocaleString("en")}.`;
    this.#step = step;
  }

  /** Makes an image the next pick; the one after it goes to the other side. */
  pick(image: ExploredImage, side: Side = this.#next): void {
    this.#picks = { ...this.#picks, [side]: image };
    this.#next = side === "a" ? "b" : "a";
  }

  /** `a`, `b`, or both where an image was picked twice. */
  sidesOf = (image: ExploredImage): Side[] =>
    (["a", "b"] as const).filter((side) => this.#picks[side] === image);

  async #redrawPicks(): Promise<void> {
    const { a, b, step } = this;
    if (!a || !b) return;
    try {
      const [drawnA, drawnB] = await Promise.all([this.redrawn(a), this.redrawn(b)]);
      // Someone may have picked others, or yet another checkpoint, in the meantime.
      if (step !== this.#step || this.a !== a || this.b !== b || !drawnA || !drawnB) return;
      this.#picks = { a: drawnA, b: drawnB };
    } catch (thrown) {
      this.#drawProblem = problemMessage(thrown);
    }
  }

  /** A vector as the chosen checkpoint draws it. Rejects with the problem. */
  async redrawn(
    image: Pick<ExploredImage, "vector" | "label">,
  ): Promise<ExploredImage | undefined> {
    const labels = image.label === null ? null : [image.label];
    const latent = { kind: "given", vectors: bytesOfVectors(image.vector), labels } as const;
    return imagesOf(await this.studio.client.explore.images({ ...this.place, latent }))[0];
  }

  /** For the names of its classes; without them, classes have numbers. */
  async #findDataset(): Promise<void> {
    const source = JSON.stringify(this.#detail?.specification.data.source);
    try {
      const { datasets } = await this.studio.client.datasets.list({});
      this.#dataset = datasets.find((one) => JSON.stringify(one.source) === source) ?? null;
    } catch {
      this.#dataset = null;
    }
  }
}
