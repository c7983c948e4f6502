/** How good a run's images are: what was measured, and an evaluation that is under way. */
import type { Payload } from "../../main/contract/commands.ts";
import type { RunEvaluationProgress } from "../../main/contract/evaluations.ts";
import { Problem } from "../../main/spec/problem.ts";
import {
  protocolKey,
  protocolsOf,
  type Evaluation,
  type Protocol,
} from "../../main/spec/evaluation.ts";
import { newestOnly } from "../shared/newest-only.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { findWork } from "../shared/works.ts";

/** By step; what is measured again by the same protocol replaces what there was. */
export function withEvaluation(
  evaluations: readonly Evaluation[],
  one: Evaluation,
): readonly Evaluation[] {
  const key = protocolKey(one.protocol);
  const others = evaluations.filter(
    ({ step, protocol }) => step !== one.step || protocolKey(protocol) !== key,
  );
  return [...others, one].sort((a, b) => a.step - b.step);
}

export class RunEvaluations {
  readonly id: string;
  #studio: Studio;
  #evaluations = $state.raw<readonly Evaluation[] | null>(null);
  /** What was announced since the last question: its answer may be older. */
  #heard: Evaluation[] = [];
  #newest = $state.raw<Evaluation | null>(null);
  #chosen = $state.raw<Protocol | null>(null);
  #progress = $state.raw<RunEvaluationProgress | null>(null);
  #problem = $state.raw<string | null>(null);
  #asked = $state.raw(false);
  /** One that was asked for before this page was loaded, or by another. */
  #rejoin = newestOnly<null>(() => this.#find());

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.id = id;
  }

  /** By step; null before the first answer. */
  get evaluations(): readonly Evaluation[] | null {
    return this.#evaluations;
  }
  /** Those that share a protocol with the one that was chosen or measured last: no others may be compared with it. */
  get shown(): readonly Evaluation[] {
    const all = this.#evaluations ?? [];
    const wanted = this.#chosen ?? this.#newest?.protocol ?? all.at(-1)?.protocol;
    if (!wanted) return [];
    const key = protocolKey(wanted);
    return all.filter(({ protocol }) => protocolKey(protocol) === key);
  }
  /** All that something was measured by, each once. */
  get protocols(): readonly Protocol[] {
    return protocolsOf(this.#evaluations ?? []);
  }
  /** How far it is; null while none is under way, as far as is known. */
  get progress(): RunEvaluationProgress | null {
    return this.#progress;
  }
  /** Whether this page waits for one. */
  get asked(): boolean {
    return this.#asked;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks once and listens until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.evaluating", (progress) => {
        if (progress.id !== this.id) return;
        this.#progress = progress;
        // Of another page, or a late word of what has ended: whoever joins it is told which.
        if (!this.#asked) this.#rejoin.ask(null);
      }),
      client.subscribe("run.evaluated", ({ id, evaluation }) => {
        if (id !== this.id) return;
        this.#heard.push(evaluation);
        this.#evaluations = withEvaluation(this.#evaluations ?? [], evaluation);
        this.#newest = evaluation;
        this.#chosen = null;
      }),
      connection.onReconnect(() => void this.load()),
    ];
    void this.load();
    this.#rejoin.ask(null);
    return () => {
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    this.#heard = [];
    try {
      const { evaluations } = await this.#studio.client.runs.evaluations({ id: this.id });
      this.#evaluations = this.#heard.reduce<readonly Evaluation[]>(withEvaluation, evaluations);
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }

  /** Shows what was measured by this protocol, until something is measured anew. */
  choose(protocol: Protocol | undefined): void {
    this.#chosen = protocol ?? null;
  }

  /**
   * Measures every epoch that a checkpoint is kept of, or the newest alone; by the features of a file, by
   * those of the data set's own network (null), or as the run asks; with the run's own images or others.
   */
  async evaluate(
    all: boolean,
    otherwise: Pick<Payload<"runs.evaluate">, "features" | "data"> = {},
  ): Promise<void> {
    if (this.#asked) return;
    await this.#follow(this.#studio.client.runs.evaluate({ id: this.id, all, ...otherwise }));
  }

  async #find(): Promise<void> {
    const work = await findWork(this.#studio, "runs.evaluate", ({ id }) => id === this.id);
    if (this.#asked) return;
    this.#progress = work && (this.#progress ?? work.progress);
    if (work) await this.#follow(work.join());
  }

  async #follow(answer: Promise<unknown>): Promise<void> {
    this.#asked = true;
    this.#problem = null;
    try {
      await answer;
    } catch (thrown) {
      const wasCalledOff = thrown instanceof Problem && thrown.code === "evaluation.cancelled";
      if (!wasCalledOff) this.#problem = problemMessage(thrown);
    } finally {
      this.#asked = false;
      this.#progress = null;
    }
  }

  async cancel(): Promise<void> {
    try {
      await this.#studio.client.runs.cancelEvaluation({ id: this.id });
      this.#progress = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
