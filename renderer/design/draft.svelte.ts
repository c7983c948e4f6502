/** The form's state: what was chosen, what is wrong with it, and the start of the run. */
import type { RunSummary } from "../../main/contract/runs.ts";
import type { DatasetInfo } from "../../main/contract/system.ts";
import { presetOf } from "../../main/spec/presets.ts";
import { parseSpecification, type Specification } from "../../main/spec/specification.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { fieldProblems, fieldsOf, specificationOf, type FieldName, type Fields } from "./draft.ts";

export class Draft {
  name = $state("");
  #studio: Studio;
  #base = $state.raw<Specification>(presetOf("lsgan-dc").specification);
  #fields = $state.raw<Fields>(fieldsOf(presetOf("lsgan-dc").specification));
  #dataset = $state.raw<DatasetInfo | null>(null);
  #starting = $state.raw(false);
  #startProblem = $state.raw<string | null>(null);
  #problems = $derived(fieldProblems(this.#fields));
  #checked = $derived.by(() => check(specificationOf(this.#base, this.#fields, this.#dataset)));

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  get base(): Specification {
    return this.#base;
  }
  get fields(): Fields {
    return this.#fields;
  }
  get dataset(): DatasetInfo | null {
    return this.#dataset;
  }
  get problems(): Partial<Record<FieldName, string>> {
    return this.#problems;
  }
  /** The specification that would be trained; null while something is wrong. */
  get specification(): Specification | null {
    return this.#checked.specification;
  }
  /** What is wrong with the whole, when no single field is to blame. */
  get problem(): string | null {
    return Object.keys(this.#problems).length > 0 ? null : this.#checked.problem;
  }
  get starting(): boolean {
    return this.#starting;
  }
  get startProblem(): string | null {
    return this.#startProblem;
  }

  choosePreset(id: string): void {
    this.startFrom(presetOf(id).specification);
  }

  /** Takes every setting of `specification`; the data that was chosen by hand stays. */
  startFrom(specification: Specification): void {
    this.#base = specification;
    this.#fields = fieldsOf(specification);
    this.#startProblem = null;
  }

  chooseDataset(dataset: DatasetInfo | null): void {
    this.#dataset = dataset;
  }

  change(field: FieldName, value: number | null): void {
    this.#fields = { ...this.#fields, [field]: value };
  }

  /** Starts the run; null when it could not be started, with the reason in `startProblem`. */
  async start(): Promise<RunSummary | null> {
    const { specification } = this;
    if (!specification || this.#starting) return null;
    const name = this.name.trim();
    this.#starting = true;
    this.#startProblem = null;
    try {
      return await this.#studio.client.runs.start({
        specification,
        ...(name === "" ? {} : { name }),
        engine: "auto",
      });
    } catch (thrown) {
      this.#startProblem = problemMessage(thrown);
      return null;
    } finally {
      this.#starting = false;
    }
  }
}

function check(input: unknown): { specification: Specification | null; problem: string | null } {
  try {
    return { specification: parseSpecification(input), problem: null };
  } catch (thrown) {
    return { specification: null, problem: problemMessage(thrown) };
  }
}
