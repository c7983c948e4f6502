/**
 * Looking around in one run's generator: which checkpoint, which new samples, and the two that were
 * picked. The tools below (the way between, sliders, nearest images, search) start from here.
 */
import { bytesOfVectors } from "../../main/contract/explore.ts";
import type { RunDetail } from "../../main/contract/runs.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { imagesOf, type ExploredImage } from "./explored-image.ts";
import { usualCount, usualLook, type Look, type Tool } from "./look.ts";
import { Picks, type Side } from "./picks.svelte.ts";
import { Samples } from "./samples.svelte.ts";

export class Exploration {
  readonly studio: Studio;
  readonly id: string;
  readonly samples: Samples;
  readonly #asked: Look;
  readonly #picks: Picks;
  #detail = $state.raw<RunDetail | null>(null);
  #dataset = $state.raw<DatasetInfo | null>(null);
  #problem = $state.raw<string | null>(null);
  #step = $state.raw<number | null>(null);
  #remark = $state.raw<string | null>(null);
  #pickProblem = $state.raw<string | null>(null);
  #tool: Tool;

  /** `look`: what is looked at first. */
  constructor(studio: Studio, id: string, look: Look = usualLook) {
    this.studio = studio;
    this.id = id;
    this.#asked = look;
    this.#picks = new Picks(id);
    this.#tool = $state.raw(look.tool);
    this.samples = new Samples(look, {
      draw: (latent) => studio.client.explore.images({ ...this.place, latent }),
      ondrawn: (drawn, step) => {
        this.#drawn(drawn, step);
      },
    });
  }

  /** Null before the first answer. */
  get detail(): RunDetail | null {
    return this.#detail;
  }
  /** Why the run cannot be shown. */
  get problem(): string | null {
    return this.#problem;
  }
  /** Why the picks are not those of the chosen checkpoint. */
  get pickProblem(): string | null {
    return this.#pickProblem;
  }
  /** What is worth knowing of the checkpoint that draws. */
  get remark(): string | null {
    return this.#remark;
  }
  /** What is done with the picks. */
  get tool(): Tool {
    return this.#tool;
  }
  set tool(tool: Tool) {
    this.#tool = tool;
  }
  get a(): ExploredImage | null {
    return this.#picks.a;
  }
  get b(): ExploredImage | null {
    return this.#picks.b;
  }
  /** Which one the next click picks. */
  get next(): Side {
    return this.#picks.next;
  }
  set next(side: Side) {
    this.#picks.next = side;
  }
  /** The checkpoint's step; null while the run has none. */
  get step(): number | null {
    return this.#step;
  }
  /** What an address tells of it. */
  get look(): Look {
    const { order, settings } = this.samples;
    const { seed, count, label, truncation } = settings;
    const isNewest = this.#step === this.#detail?.checkpoints.at(-1)?.step;
    return {
      ...{ seed, label, truncation, order, tool: this.#tool },
      step: isNewest ? null : this.#step,
      count: count === usualCount(this.classes) ? null : count,
    };
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
      this.#begin(detail);
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
      return;
    }
    if (this.#step === null) return;
    const drawnBy = this.#picks.recall(this.#detail.specification.latent.size);
    const isOther = drawnBy !== null && drawnBy !== this.#step;
    await Promise.all([this.samples.draw(), this.#findDataset(), isOther && this.#redrawPicks()]);
  }

  /** The checkpoint and the samples that were asked for, as far as this run has them. */
  #begin({ checkpoints }: RunDetail): void {
    const { step, count, label } = this.#asked;
    const newest = checkpoints.at(-1)?.step ?? null;
    const isKept = checkpoints.some((checkpoint) => checkpoint.step === step);
    this.#step = isKept ? step : newest;
    if (count === null) this.samples.change({ count: usualCount(this.classes) });
    if (label !== null && label >= this.classes) this.samples.change({ label: null });
  }

  /** Keeps the picks over a reload. */
  keep(): void {
    if (this.#step !== null) this.#picks.keep(this.#step);
  }

  /** Takes another checkpoint: the same vectors, and the same picks, drawn by it. */
  async choose(step: number): Promise<void> {
    this.#remark = null;
    this.#step = step;
    await Promise.all([this.samples.draw(), this.#redrawPicks()]);
  }

  /** The first two are picked where nothing is yet. */
  #drawn(drawn: readonly ExploredImage[], step: number): void {
    const [first = null, second = first] = drawn;
    if (this.#step !== null && step !== this.#step) this.#fallBack(step);
    this.#pickProblem = null;
    this.#picks.a ??= first;
    this.#picks.b ??= second;
  }

  /** A damaged checkpoint is never used in silence: the one before it drew, and is now the chosen one. */
  #fallBack(step: number): void {
    const damaged = (this.#step ?? 0).toLocaleString("en");
    this.#remark = `The checkpoint of step ${damaged} is damaged; these images are of step ${step.toLocaleString("en")}.`;
    this.#step = step;
  }

  /** Makes an image the next pick; the one after it goes to the other side. */
  pick(image: ExploredImage, side: Side = this.next): void {
    this.#picks.pick(image, side);
  }

  /** `a`, `b`, or both where an image was picked twice. */
  sidesOf = (image: ExploredImage): Side[] => this.#picks.sidesOf(image);

  async #redrawPicks(): Promise<void> {
    const { a, b, step } = this;
    if (!a || !b) return;
    try {
      const [drawnA, drawnB] = await Promise.all([this.redrawn(a), this.redrawn(b)]);
      // Someone may have picked others, or yet another checkpoint, in the meantime.
      if (step !== this.#step || this.a !== a || this.b !== b || !drawnA || !drawnB) return;
      [this.#picks.a, this.#picks.b] = [drawnA, drawnB];
      this.#pickProblem = null;
    } catch (thrown) {
      this.#pickProblem = problemMessage(thrown);
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
