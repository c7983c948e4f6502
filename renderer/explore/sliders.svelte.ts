/**
 * Pick A moved along directions and single numbers of its latent vector. Directions are the strongest
 * ones of the generator's first layer (SeFa: Shen and Zhou 2021).
 */
import * as v from "valibot";
import { bytesOfVectors, vectorsOfBytes } from "../../main/contract/explore.ts";
import { keep, recall } from "../shared/kept.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Exploration } from "./exploration.svelte.ts";
import type { ExploredImage } from "./explored-image.ts";
import { textOf } from "./kept-images.ts";
import { newestOnly } from "../shared/newest-only.ts";

export interface Direction {
  name: string;
  vector: Float32Array;
}

/** Coordinates that are shown at a time. */
const coordinatesShown = 6;

const keptSchema = v.strictObject({
  /** What was moved: the checkpoint's step, and A's vector. */
  ...{ step: v.number(), vector: v.string() },
  along: v.array(v.number()),
  coordinates: v.record(v.string(), v.number()),
  first: v.pipe(v.number(), v.minValue(0)),
});

type Moved = Pick<ExploredImage, "vector" | "label"> & { beginning: number };

export class Sliders {
  #exploration: Exploration;
  #name: string;
  /** What the page before this one had moved, until it is known whether it fits. */
  #kept: v.InferOutput<typeof keptSchema> | null;
  #directions = $state.raw<readonly Direction[]>([]);
  #reason = $state.raw<string | null>(null);
  #base = $state.raw<ExploredImage | null>(null);
  /** How far along each direction, in its units. */
  #along = $state.raw<readonly number[]>([]);
  /** New values of coordinates by their places. */
  #coordinates = $state.raw<Readonly<Record<number, number>>>({});
  #first: number;
  #image = $state.raw<ExploredImage | null>(null);
  #problem = $state.raw<string | null>(null);
  /** Counts the questions for directions; of two checkpoints the last one's are shown. */
  #loads = 0;
  /** Counts the beginnings: what was moved before the last one is not shown any more. */
  #beginnings = 0;
  #newest = newestOnly<Moved>((moved) => this.#show(moved));

  constructor(exploration: Exploration) {
    this.#exploration = exploration;
    this.#name = `sliders ${exploration.id}`;
    this.#kept = recall(this.#name, keptSchema);
    this.#first = $state.raw(this.#kept?.first ?? 0);
  }

  get directions(): readonly Direction[] {
    return this.#directions;
  }
  /** Why there are no directions. */
  get reason(): string | null {
    return this.#reason;
  }
  get problem(): string | null {
    return this.#problem;
  }
  /** The moved image; A itself before anything was moved. */
  get image(): ExploredImage | null {
    return this.#image;
  }
  get moved(): boolean {
    return this.#along.some((value) => value !== 0) || Object.keys(this.#coordinates).length > 0;
  }
  /** How far a slider goes: three deviations of a normal prior; a uniform one ends at 1. */
  get reach(): number {
    return this.#exploration.truncates ? 3 : 1;
  }
  /** Places of the coordinates that are shown. */
  get places(): number[] {
    const size = this.#base?.vector.length ?? 0;
    const length = Math.min(coordinatesShown, Math.max(0, size - this.#first));
    return Array.from({ length }, (_, index) => this.#first + index);
  }

  along = (direction: number): number => this.#along[direction] ?? 0;
  coordinate = (place: number): number =>
    this.#coordinates[place] ?? this.#base?.vector[place] ?? 0;

  /** Starts from an image, with nothing moved. */
  start(base: ExploredImage | null): void {
    this.#beginnings += 1;
    this.#base = base;
    this.#image = base;
    this.#along = this.#directions.map(() => 0);
    this.#coordinates = {};
    if (this.#first >= (base?.vector.length ?? 0)) this.#first = 0;
  }

  /** Loads the directions of the chosen checkpoint. */
  async load(): Promise<void> {
    const { place, studio } = this.#exploration;
    const load = ++this.#loads;
    try {
      const { directions, reason } = await studio.client.explore.directions(place);
      if (load !== this.#loads) return;
      this.#problem = null;
      this.#directions = directions.map(({ vector, share }, index) => ({
        name: `Direction ${(index + 1).toString()}, ${(share * 100).toFixed(1)} %`,
        vector: vectorsOfBytes(vector),
      }));
      this.#reason = reason;
      this.#along = this.#directions.map(() => 0);
      this.#recall();
    } catch (thrown) {
      if (load === this.#loads) this.#problem = problemMessage(thrown);
    }
  }

  moveAlong(direction: number, value: number): void {
    this.#along = this.#directions.map((_, index) =>
      index === direction ? value : this.along(index),
    );
    this.#draw();
  }

  moveCoordinate(place: number, value: number): void {
    this.#coordinates = { ...this.#coordinates, [place]: value };
    this.#draw();
  }

  /** Shows the coordinates after or before these; from the end it goes on at the start. */
  turn(by: 1 | -1): void {
    const size = this.#base?.vector.length ?? 0;
    if (size === 0) return;
    const pages = Math.ceil(size / coordinatesShown);
    const page = (Math.floor(this.#first / coordinatesShown) + by + pages) % pages;
    this.#first = page * coordinatesShown;
  }

  /** Keeps what is moved over a reload. */
  keep(): void {
    const [base, step] = [this.#base, this.#exploration.step];
    if (!base || step === null || this.#kept) return;
    const vector = textOf(bytesOfVectors(base.vector));
    const [along, coordinates, first] = [this.#along, this.#coordinates, this.#first];
    keep(this.#name, { step, vector, along, coordinates, first });
  }

  /** Moves as it was moved before the reload, from the same image by the same checkpoint. */
  #recall(): void {
    const [kept, base] = [this.#kept, this.#base];
    this.#kept = null;
    if (!kept || !base) return;
    const isSame =
      kept.step === this.#exploration.step &&
      kept.along.length === this.#directions.length &&
      kept.vector === textOf(bytesOfVectors(base.vector));
    if (!isSame) return;
    this.#along = kept.along;
    this.#coordinates = kept.coordinates;
    if (this.moved) this.#draw();
  }

  reset(): void {
    this.start(this.#base);
  }

  #draw(): void {
    if (!this.#base) return;
    const { vector, label } = this.#base;
    const moved = vector.map((_, place) =>
      this.#directions.reduce(
        (sum, direction, index) => sum + this.along(index) * (direction.vector[place] ?? 0),
        this.coordinate(place),
      ),
    );
    this.#newest.ask({ vector: moved, label, beginning: this.#beginnings });
  }

  async #show(moved: Moved): Promise<void> {
    if (moved.beginning !== this.#beginnings) return;
    try {
      const image = await this.#exploration.redrawn(moved);
      if (image && moved.beginning === this.#beginnings) this.#image = image;
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
