/** Measures how quick a preset's step is on this machine: a few steps, compiled and one by one. */
import * as v from "valibot";
import type { BenchResult } from "../../main/contract/system.ts";
import { presets } from "../../main/spec/presets.ts";
import { reportOf } from "../../main/spec/problem.ts";
import { keep, recall } from "../shared/kept.ts";
import type { Studio } from "../shared/studio.ts";
import { findWork } from "../shared/works.ts";

/** Few, because the portable engine needs seconds for a step of the larger presets. */
export const benchSteps = { steps: 10, warmup: 2 } as const;

const keptName = "speed of this machine";
const keptSchema = v.strictObject({
  preset: v.string(),
  result: v.nullable(
    v.strictObject({
      ...{ preset: v.string(), engine: v.string(), device: v.string(), threads: v.number() },
      note: v.nullable(v.string()),
      modes: v.array(
        v.strictObject({
          mode: v.picklist(["compiled", "eager"]),
          ...{ msPerStep: v.number(), imagesPerSecond: v.number() },
          compileMs: v.exactOptional(v.number()),
        }),
      ),
    }),
  ),
});

export class Benchmark {
  #studio: Studio;
  #preset: string;
  #measuring = $state.raw(false);
  #result: BenchResult | null;
  #problem = $state.raw<string | null>(null);

  constructor(studio: Studio) {
    const kept = recall(keptName, keptSchema);
    this.#studio = studio;
    this.#preset = $state.raw(kept?.preset ?? presets[0]?.id ?? "");
    this.#result = $state.raw<BenchResult | null>(kept?.result ?? null);
  }

  get preset(): string {
    return this.#preset;
  }
  get measuring(): boolean {
    return this.#measuring;
  }
  /** Of the preset that is chosen; null before it was measured. */
  get result(): BenchResult | null {
    return this.#result?.preset === this.#preset ? this.#result : null;
  }
  get problem(): string | null {
    return this.#problem;
  }

  choose(preset: string): void {
    this.#preset = preset;
    this.#problem = null;
    this.#keep();
  }

  /** Ends the measuring; nothing is shown of it. */
  async stop(): Promise<void> {
    try {
      await this.#studio.client.system.cancelBench({});
    } catch (thrown) {
      this.#problem = reportOf(thrown).message;
    }
  }

  async measure(): Promise<void> {
    if (this.#measuring) return;
    const { system } = this.#studio.client;
    await this.#follow(system.bench({ preset: this.#preset, ...benchSteps, engine: "auto" }));
  }

  /** Goes on with what was being measured before this page was loaded. */
  async rejoin(): Promise<void> {
    if (this.#measuring) return;
    const work = await findWork(this.#studio, "system.bench");
    if (!work || this.measuring) return;
    this.#preset = work.payload.preset;
    await this.#follow(work.join());
  }

  #keep(): void {
    keep(keptName, { preset: this.#preset, result: this.#result });
  }

  async #follow(answer: Promise<BenchResult>): Promise<void> {
    this.#measuring = true;
    this.#problem = null;
    try {
      this.#result = await answer;
      this.#keep();
    } catch (thrown) {
      const { code, message } = reportOf(thrown);
      // Who stopped it knows that.
      if (code !== "bench.cancelled") this.#problem = message;
    } finally {
      this.#measuring = false;
    }
  }
}

/** `Compiled steps are 3.2 times as quick.`; null without both modes. */
export function gainWords({ modes }: BenchResult): string | null {
  const compiled = modes.find(({ mode }) => mode === "compiled");
  const eager = modes.find(({ mode }) => mode === "eager");
  if (!compiled || !eager || compiled.msPerStep <= 0) return null;
  const gain = eager.msPerStep / compiled.msPerStep;
  if (gain < 1.05) return "Compiling the step gains nothing here.";
  return `Compiled steps are ${gain.toFixed(1)} times as quick.`;
}
