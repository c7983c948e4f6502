/** What is to be exported of a run, the export that is under way, and what came of the last one. */
import * as v from "valibot";
import {
  exportFormatIds,
  exportKinds,
  type ArchivedExport,
  type ExportFormatId,
  type ExportProgress,
  type ExportResult,
  type WrittenExport,
} from "../../main/contract/exports.ts";
import type { RunDetail } from "../../main/contract/runs.ts";
import { keep, recall } from "../shared/kept.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { findWork } from "../shared/works.ts";
import { keptExportSchema, type ExportSettings } from "./kept-export.ts";

/** With the name of the archive, or the folder that was written. */
type Reported = ExportResult & { where: string };

export type Player = ExportSettings["player"];

export type Save = (name: string, content: Uint8Array) => void;

export class RunExport {
  readonly id: string;
  #studio: Studio;
  #save: Save;
  #detail = $state.raw<RunDetail | null>(null);
  #loadProblem = $state.raw<string | null>(null);
  #formats: readonly ExportFormatId[];
  #settings: ExportSettings;
  #progress = $state.raw<ExportProgress | null>(null);
  #working = $state.raw(false);
  #problem = $state.raw<string | null>(null);
  #result: Reported | null;

  constructor(studio: Studio, id: string, save: Save) {
    const kept = recall(`export ${id}`, keptExportSchema);
    this.id = id;
    this.#studio = studio;
    this.#save = save;
    this.#formats = $state.raw(kept?.formats ?? ["html"]);
    this.#settings = $state.raw<ExportSettings>(
      kept?.settings ?? {
        ...{ step: null, player: "generator", average: true, half: false, layout: "pytorch" },
        ...{ batch: null, count: 64, seed: 0, target: "download", path: "", overwrite: false },
      },
    );
    this.#result = $state.raw(kept?.result ?? null);
  }

  get detail(): RunDetail | null {
    return this.#detail;
  }
  /** Why the run cannot be shown. */
  get loadProblem(): string | null {
    return this.#loadProblem;
  }
  /** The checkpoint's; null while the run has none. */
  get step(): number | null {
    const { checkpoints = [] } = this.#detail ?? {};
    const { step } = this.#settings;
    const chosen = checkpoints.find((one) => one.step === step) ?? checkpoints.at(-1);
    return chosen?.step ?? null;
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
  get result(): Reported | null {
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
      return "Images at a time are a whole number from 1 to 4,096, or empty for any.";
    if (this.takes("samples") && !within(count, 1, 4096))
      return "The number of images is a whole number from 1 to 4,096.";
    if (this.takes("samples") && !within(seed, 0, 0x7fffffff))
      return "The seed is a whole number from 0 to 2,147,483,647.";
    if (target === "path" && path.trim() === "") return "Name the folder to write to.";
    return null;
  }

  /** Takes another checkpoint; who takes the newest wants the newest later on, too. */
  choose(step: number): void {
    this.change({ step: step === this.#detail?.checkpoints.at(-1)?.step ? null : step });
  }

  change(changes: Partial<ExportSettings>): void {
    this.#settings = { ...this.#settings, ...changes };
    if (this.#settings.player === "discriminator") {
      this.#formats = this.#formats.filter((format) => exportKinds[format].holds === "model");
    }
    this.#keep();
  }

  toggle(format: ExportFormatId): void {
    this.#formats = exportFormatIds.filter((id) => this.#formats.includes(id) !== (id === format));
    this.#keep();
  }

  /** Loads the run and follows the export until the returned function is called. */
  open(): () => void {
    const stop = this.#studio.client.subscribe("export.progress", (progress) => {
      if (progress.id === this.id && this.#working) this.#progress = progress;
    });
    void this.load();
    void this.#rejoin();
    return stop;
  }

  async load(): Promise<void> {
    try {
      this.#detail = await this.#studio.client.runs.get({ id: this.id });
      this.#loadProblem = null;
    } catch (thrown) {
      this.#loadProblem = problemMessage(thrown);
    }
  }

  async start(): Promise<void> {
    const { target, path, overwrite } = this.#settings;
    const { step } = this;
    if (this.#working || step === null || this.fieldProblem !== null) return;
    const { exports } = this.#studio.client;
    const wanted = this.#wanted(step);
    keep(this.#askedName, target === "download" ? true : null);
    await this.#follow(
      target === "path"
        ? exports.write({ ...wanted, path: path.trim(), overwrite }).then(written)
        : exports.archive(wanted).then((answer) => this.#reported(answer, true)),
    );
  }

  async cancel(): Promise<void> {
    try {
      await this.#studio.client.exports.cancel({ id: this.id });
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }

  /** One that this page asked for before it was loaded anew, or another page, goes on here. */
  async #rejoin(): Promise<void> {
    if (this.#working) return;
    // What another tab asked for is saved there.
    const isOwn = recall(this.#askedName, v.literal(true)) ?? false;
    const isOfThis = ({ id }: { id: string }) => id === this.id;
    const [write, archive] = await Promise.all([
      findWork(this.#studio, "exports.write", isOfThis),
      findWork(this.#studio, "exports.archive", isOfThis),
    ]);
    // Begun here in the meantime, and followed already.
    if (this.working) return;
    const reported =
      write?.join().then(written) ??
      archive?.join().then((answer) => this.#reported(answer, isOwn));
    if (reported) await this.#follow(reported, (write ?? archive)?.progress);
  }

  async #follow(reported: Promise<Reported>, progress: ExportProgress | null = null) {
    this.#working = true;
    this.#progress = progress;
    this.#problem = null;
    this.#result = null;
    try {
      this.#result = await reported;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#working = false;
      this.#progress = null;
      this.#keep();
    }
  }

  #reported({ archive, name, ...result }: ArchivedExport, isOwn: boolean): Reported {
    if (isOwn) this.#save(name, archive);
    // Not where it fails: a page that is left fails too, and the next one waits on.
    keep(this.#askedName, null);
    return { ...result, where: name };
  }

  /** Under which the tab keeps that it waits for an archive. */
  get #askedName(): string {
    return `archive of ${this.id}`;
  }

  #keep(): void {
    const kept = { formats: this.#formats, settings: this.#settings, result: this.#result };
    keep(`export ${this.id}`, kept);
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

/** The files are named by the formats. */
const written = ({ path, files: _, ...result }: WrittenExport): Reported => ({
  ...result,
  where: path,
});
