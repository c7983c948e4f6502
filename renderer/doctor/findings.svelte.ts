/** What the Doctor says about one run, and what is done about it. */
import type { RunDetail, RunSummary } from "../../main/contract/runs.ts";
import { treatmentOf, type Treatment } from "../../main/spec/doctor/apply.ts";
import type { Finding, Remedy } from "../../main/spec/doctor/finding.ts";
import { forkPlaces } from "../../main/spec/fork.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export class RunFindings {
  readonly id: string;
  #studio: Studio;
  #findings = $state.raw<readonly Finding[] | null>(null);
  #problem = $state.raw<string | null>(null);
  #treating = $state.raw<string | null>(null);
  #treatmentProblem = $state.raw<string | null>(null);
  #told = 0;

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.id = id;
  }

  /** The worst first; null before the first answer. */
  get findings(): readonly Finding[] | null {
    return this.#findings;
  }
  /** Why nothing can be said. */
  get problem(): string | null {
    return this.#problem;
  }
  /** The title of the remedy that is being applied. */
  get treating(): string | null {
    return this.#treating;
  }
  /** Why the last remedy was not applied. */
  get treatmentProblem(): string | null {
    return this.#treatmentProblem;
  }

  /** Asks once and listens until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.findings", ({ id, findings }) => {
        if (id === this.id) this.#tell(findings);
      }),
      connection.onReconnect(() => void this.load()),
    ];
    void this.load();
    return () => {
      this.#told += 1;
      for (const stop of stops) stop();
    };
  }

  /** What is announced while the question is under way is newer than its answer. */
  async load(): Promise<void> {
    const asked = ++this.#told;
    try {
      const { findings } = await this.#studio.client.runs.findings({ id: this.id });
      if (asked === this.#told) this.#tell(findings);
    } catch (thrown) {
      if (asked === this.#told) this.#problem = problemMessage(thrown);
    }
  }

  #tell(findings: readonly Finding[]): void {
    this.#told += 1;
    this.#findings = findings;
    this.#problem = null;
  }

  /** What a remedy would do to this run. */
  treatment = (detail: RunDetail, finding: Finding, remedy: Remedy): Treatment =>
    treatmentOf({ ...detail, places: forkPlaces(detail) }, finding, remedy);

  /** Starts the run that the remedy asks for; null when that failed, or another one is under way. */
  async treat(detail: RunDetail, finding: Finding, remedy: Remedy): Promise<RunSummary | null> {
    if (this.#treating !== null) return null;
    this.#treating = remedy.title;
    this.#treatmentProblem = null;
    const { client } = this.#studio;
    const treatment = this.treatment(detail, finding, remedy);
    const { specification } = treatment;
    const name = `${detail.run.name}: ${remedy.title}`.slice(0, 200);
    try {
      return treatment.by === "fork"
        ? await client.runs.fork({ id: this.id, epoch: treatment.epoch, specification, name })
        : await client.runs.start({ specification, name, engine: "auto" });
    } catch (thrown) {
      this.#treatmentProblem = problemMessage(thrown);
      return null;
    } finally {
      this.#treating = null;
    }
  }
}
