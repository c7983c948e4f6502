/** What an exploring session is asked and answers. It takes many questions, several at a time. */
import type { EngineChoice } from "../engine/backend/backend.ts";
import type { ProblemReport } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";

/** Load a checkpoint and answer questions about it until the owner says goodbye. */
export interface ExploreJob {
  kind: "explore";
  specification: Specification;
  engine: EngineChoice;
  from: { path: string; sha256: string };
  /** Where prepared pictures are kept between runs. */
  cache: string;
}

type Vectors = Float32Array<ArrayBuffer>;

/** All are checked by who asks: sizes of vectors and images, classes. */
export type Question =
  | { kind: "new"; seed: number; count: number; label: number | null; truncation: number | null }
  | { kind: "given"; vectors: Vectors; labels: Uint8Array | null }
  | { kind: "between"; from: Vectors; to: Vectors; count: number; label: number | null }
  | { kind: "directions" }
  | { kind: "nearest"; pixels: Uint8Array }
  | { kind: "search"; pixels: Uint8Array; label: number | null; seed: number };

export interface DrawnImages {
  count: number;
  vectors: Vectors;
  labels: Uint8Array | null;
  pixels: Uint8Array;
  scores: number[];
}

export interface FoundDirections {
  directions: { vector: Vectors; share: number }[];
  reason: string | null;
}

/** Distances are root mean squares of differences of bytes, 0 to 255. */
export interface NearestFound {
  pixels: Uint8Array;
  distances: number[];
  places: number[];
  labels: number[] | null;
  compared: number;
  training: number;
  usual: { of: "validation" | "training"; count: number; median: number; low: number } | null;
}

export interface Answers {
  new: DrawnImages;
  given: DrawnImages;
  between: DrawnImages;
  directions: FoundDirections;
  nearest: NearestFound;
  search: DrawnImages & { distance: number };
}

export type ExploreRequest =
  | { kind: "ask"; number: number; question: Question }
  /** Ends a search; it answers with the best until then. */
  | { kind: "callOff"; number: number };

export type ExploreReport =
  | { kind: "answered"; number: number; answer: Answers[keyof Answers] }
  | { kind: "refused"; number: number; problem: ProblemReport }
  | { kind: "searching"; number: number; done: number; total: number; distance: number };
