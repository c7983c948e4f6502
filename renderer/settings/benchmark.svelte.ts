/** Measures how quick a preset's step is on this machine: a few steps, compiled and one by one. */
import type { BenchResult } from "../../main/contract/system.ts";
import { presets } from "../../main/spec/presets.ts";
import { reportOf } from "../../main/spec/problem.ts";
import type { Studio } from "../shared/studio.ts";

/** Few, because the portable engine needs seconds for a step of the larger presets. */
export const benchSteps = { steps: 10, warmup: 2 } as const;

export class Benchmark {
  #studio: Studio;
  #preset = $state.raw(presets[0]?.id ?? "");
  #measuring = $state.raw(false);
  #result = $state.raw<BenchResult | null>(null);
  #problem = $state.raw<string | null>(null);

  constructor(studio: Studio) {
    this.#studio = studio;
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
    this.#measuring = true;
    this.#problem = null;
    try {
      this.#result = await this.#studio.client.system.bench({
        preset: this.#preset,
        ...benchSteps,
        engine: "auto",
      });
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
