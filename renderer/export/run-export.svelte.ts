/** What is to be exported of a run, the export that is under way, and what came of the last one. */
import {
  exportFormatIds,
  exportKinds,
  type ExportFormatId,
  type ExportProgress,
  type ExportResult,
} from "../../main/contract/exports.ts";
import type { RunDetail } from "../../main/contract/runs.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export type Player = "generator" | "discriminator";

export interface ExportSettings {
  /** The checkpoint's step; null while the run has none. */
  step: number | null;
  player: Player;
  average: boolean;
  half: boolean;
  layout: "pytorch" | "tensorflow";
  /** Null: any number. */
  batch: number | null;
  count: number | null;
  seed: number | null;
  target: "download" | "path";
  path: string;
  overwrite: boolean;
}

export type Save = (name: string, content: Uint8Array) => void;

export class RunExport {
  readonly id: string;
  #studio: Studio;
  #save: Save;
  #detail = $state.raw<RunDetail | null>(null);
  #loadProblem = $state.raw<string | null>(null);
  #formats = $state.raw<readonly ExportFormatId[]>(["html"]);
  #settings = $state.raw<ExportSettings>({
    ...{ step: null, player: "generator", average: true, half: false, layout: "pytorch" },
    ...{ batch: null, count: 64, seed: 0, target: "download", path: "", overwrite: false },
  });
  #progress = $state.raw<ExportProgress | null>(null);
  #working = $state.raw(false);
  #problem = $state.raw<string | null>(null);
  #result = $state.raw<(ExportResult & { where: string }) | null>(null);

  constructor(studio: Studio, id: string, save: Save) {
    this.id = id;
    this.#studio = studio;
    this.#save = save;
  }

  get detail(): RunDetail | null {
    return this.#detail;
  }
  /** Why the run cannot be shown. */
  get loadProblem(): string | null {
    return this.#loadProblem;
  }
  get settings(): ExportSettings {
    return this.#settings;
  }
  /** In the order in which they are offered. */
  get formats(): readonly ExportFormatId[] {
    return this.#formats;
  }
  get progress(): ExportProgress | null {
    return this.#progress;
  }
  get working(): boolean {
    return this.#working;
  }
  /** Why the last export failed. */
  get problem(): string | null {
    return this.#problem;
  }
  get result(): (ExportResult & { where: string }) | null {
    return this.#result;
  }
  get hasAverage(): boolean {
    return (
      this.#settings.player === "generator" &&
      (this.#detail?.specification.generatorAverage ?? null) !== null
    );
  }

  /** Whether any chosen format takes the option. */
  takes(option: (typeof exportKinds)[ExportFormatId]["options"][number]): boolean {
    return this.#formats.some((format) => exportKinds[format].options.includes(option));
  }

  /** Why it cannot be exported as the fields say; null where it can. */
  get fieldProblem(): string | null {
    const { batch, count, seed, target, path } = this.#settings;
    const within = (value: number | null, least: number, most: number) =>
      value !== null && Number.isInteger(value) && value >= least && value <= most;
    if (this.#formats.length === 0) return "Choose at least one format.";
    if (this.takes("batch") && batch !== null && !within(batch, 1, 4096))
      return "A batch is a whole number from 1 to 4,096, or empty for any.";
    if (this.takes("samples") && !within(count, 1, 4096))
      return "The number of images is a whole number from 1 to 4,096.";
    if (this.takes("samples") && !within(seed, 0, 0x7fffffff))
      return "The seed is a whole number from 0 to 2,147,483,647.";
    if (target === "path" && path.trim() === "") return "Name the folder to write to.";
    return null;
  }

  change(changes: Partial<ExportSettings>): void {
    this.#settings = { ...this.#settings, ...changes };
    if (this.#settings.player === "discriminator") {
      this.#formats = this.#formats.filter((format) => exportKinds[format].holds === "model");
    }
  }

  toggle(format: ExportFormatId): void {
    this.#formats = exportFormatIds.filter((id) => this.#formats.includes(id) !== (id === format));
  }

  /** Loads the run and follows the export until the returned function is called. */
  open(): () => void {
    const stop = this.#studio.client.subscribe("export.progress", (progress) => {
      if (progress.id === this.id && this.#working) this.#progress = progress;
    });
    void this.load();
    return stop;
  }

  async load(): Promise<void> {
    try {
      const detail = await this.#studio.client.runs.get({ id: this.id });
      this.#detail = detail;
      this.#loadProblem = null;
      const step = this.#settings.step ?? detail.checkpoints.at(-1)?.step ?? null;
      this.#settings = { ...this.#settings, step };
    } catch (thrown) {
      this.#loadProblem = problemMessage(thrown);
    }
  }

  async start(): Promise<void> {
    const { step, target, path, overwrite } = this.#settings;
    if (this.#working || step === null || this.fieldProblem !== null) return;
    this.#working = true;
    this.#progress = null;
    this.#problem = null;
    this.#result = null;
    try {
      const { exports } = this.#studio.client;
      const wanted = this.#wanted(step);
      if (target === "path") {
        const written = await exports.write({ ...wanted, path: path.trim(), overwrite });
        this.#result = { ...written, where: written.path };
      } else {
        const { archive, name, ...written } = await exports.archive(wanted);
        this.#save(name, archive);
        this.#result = { ...written, where: name };
      }
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#working = false;
      this.#progress = null;
    }
  }

  async cancel(): Promise<void> {
    try {
      await this.#studio.client.exports.cancel({ id: this.id });
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }

  #wanted(step: number) {
    const { player, average, half, layout, batch, count, seed } = this.#settings;
    return {
      ...{ id: this.id, step, player, formats: [...this.#formats] },
      ...(this.hasAverage && { average }),
      ...(this.takes("half") && { half }),
      ...(this.takes("layout") && { layout }),
      ...(this.takes("batch") && batch !== null && { batch }),
      ...(this.takes("samples") && count !== null && seed !== null && { count, seed }),
    };
  }
}
