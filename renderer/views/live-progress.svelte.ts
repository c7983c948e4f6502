/** How far each run is that trains now, for the list that is seen from everywhere. */
import { SvelteMap } from "svelte/reactivity";
import type { Progress, RunSummary } from "../../main/contract/runs.ts";
import { formatDuration } from "../shared/formats.ts";
import { isLive } from "../shared/status.ts";
import type { Studio } from "../shared/studio.ts";

export class LiveProgress {
  #studio: Studio;
  #latest = new SvelteMap<string, Progress>();

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** From 0 to 1; of a run that has not told yet, by its whole epochs. */
  shareOf(run: RunSummary): number {
    const progress = this.#latest.get(run.id);
    const share = progress
      ? progress.step / Math.max(1, progress.totalSteps)
      : run.epoch / Math.max(1, run.epochs);
    return Math.min(1, share);
  }

  /** `62 %, 6 min`: how much is done, and the time left where it is known. */
  wordsOf(run: RunSummary): string {
    if (run.status === "starting") return "Starting";
    const percent = `${Math.floor(this.shareOf(run) * 100).toString()} %`;
    if (run.status === "paused") return `${percent}, paused`;
    const left = this.#latest.get(run.id)?.secondsLeft;
    return left === undefined ? percent : `${percent}, ${formatDuration(left)} left`;
  }

  /** Follows the runs until the returned function is called. */
  open(): () => void {
    const { client } = this.#studio;
    const stops = [
      client.subscribe("run.progress", (progress) => this.#latest.set(progress.id, progress)),
      client.subscribe("run.changed", (run) => {
        if (!isLive(run.status)) this.#latest.delete(run.id);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}
