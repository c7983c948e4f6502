/** Public data sets: which are being fetched, how far they are, and how the last try of each ended. */
import { SvelteMap } from "svelte/reactivity";
import type { Downloaded, DownloadProgress } from "../../main/contract/system.ts";
import { downloadIds, type DownloadId } from "../../main/spec/downloads.ts";
import { reportOf } from "../../main/spec/problem.ts";
import { formatAmount, formatBytes, formatDuration } from "../shared/formats.ts";
import type { Studio } from "../shared/studio.ts";
import { worksOf } from "../shared/works.ts";

export type DownloadState =
  /** `begun`: when its first bytes of this try came, for the time left. */
  | {
      kind: "running";
      progress: DownloadProgress | null;
      begun: { at: number; bytes: number } | null;
    }
  | { kind: "cancelling"; progress: DownloadProgress | null }
  /** What has arrived is kept: the next try goes on from there. */
  | { kind: "cancelled"; text: string; progress: DownloadProgress | null }
  | { kind: "failed"; text: string }
  | { kind: "done"; text: string };

export class Downloads {
  #studio: Studio;
  #ondownloaded: (added: Downloaded) => void;
  #now: () => number;
  #states = new SvelteMap<DownloadId, DownloadState>();

  /** `now`: milliseconds, of any clock that goes forward. */
  constructor(
    studio: Studio,
    ondownloaded: (added: Downloaded) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#studio = studio;
    this.#ondownloaded = ondownloaded;
    this.#now = now;
  }

  /** Undefined for one that was not asked for since the page was loaded. */
  stateOf(id: DownloadId): DownloadState | undefined {
    return this.#states.get(id);
  }

  /** Seconds until all is there; null while nobody can tell. */
  secondsLeft(id: DownloadId): number | null {
    const state = this.#states.get(id);
    if (state?.kind !== "running" || !state.begun || !state.progress) return null;
    const { bytes, total } = state.progress;
    const arrived = bytes - state.begun.bytes;
    const seconds = (this.#now() - state.begun.at) / 1000;
    return arrived > 0 && seconds > 1 ? ((total - bytes) * seconds) / arrived : null;
  }

  /** Follows all downloads until the returned function is called. */
  open(): () => void {
    void this.#rejoin();
    return this.#studio.client.subscribe("dataset.progress", (progress) => {
      const state = this.#states.get(progress.id);
      if (state?.kind === "running") this.#follow(state, progress);
      else if (state?.kind === "cancelling") this.#states.set(progress.id, { ...state, progress });
      // Begun by another page: asking for it joins what is under way. Not after an end: a late word of
      // what was just called off would begin it again.
      else if (!state && progress.bytes < progress.total) void this.start(progress.id);
    });
  }

  /** Those that were asked for before this page was loaded, also while they are silent. */
  async #rejoin(): Promise<void> {
    for (const { payload, progress } of await worksOf(this.#studio, "datasets.download")) {
      void this.start(payload.id);
      const state = this.#states.get(payload.id);
      if (state?.kind === "running" && progress) this.#follow(state, progress);
    }
  }

  /** Fetches what is missing; answers when it has ended, however it did. */
  async start(id: DownloadId): Promise<void> {
    const before = this.#states.get(id);
    if (before?.kind === "running" || before?.kind === "cancelling") return;
    const progress = before?.kind === "cancelled" ? before.progress : null;
    this.#states.set(id, { kind: "running", progress, begun: null });
    try {
      const added = await this.#studio.client.datasets.download({ id });
      this.#states.set(id, { kind: "done", text: checkedWords(added) });
      this.#ondownloaded(added);
    } catch (thrown) {
      const { code, message } = reportOf(thrown);
      const last = this.#progressOf(id);
      const isCancelled = code === "download.cancelled";
      this.#states.set(
        id,
        isCancelled
          ? { kind: "cancelled", text: message, progress: last }
          : { kind: "failed", text: message },
      );
    }
  }

  /** Calls a download off. What has arrived is kept. */
  async cancel(id: DownloadId): Promise<void> {
    const state = this.#states.get(id);
    if (state?.kind !== "running") return;
    this.#states.set(id, { kind: "cancelling", progress: state.progress });
    try {
      await this.#studio.client.datasets.cancelDownload({ id });
    } catch (thrown) {
      this.#states.set(id, { kind: "failed", text: reportOf(thrown).message });
    }
  }

  /** Forgets how a download ended, for one that was removed. */
  forget(id: string): void {
    const known = downloadIds.find((candidate) => candidate === id);
    if (known) this.#states.delete(known);
  }

  #progressOf(id: DownloadId): DownloadProgress | null {
    const state = this.#states.get(id);
    return state && "progress" in state ? state.progress : null;
  }

  #follow(state: DownloadState & { kind: "running" }, progress: DownloadProgress): void {
    const begun = state.begun ?? { at: this.#now(), bytes: progress.bytes };
    this.#states.set(progress.id, { kind: "running", progress, begun });
  }
}

/** What is known of the content of what was downloaded. */
function checkedWords({ uncheckedFiles = [] }: Downloaded): string {
  if (uncheckedFiles.length === 0)
    return "Every file was held against its published checksum, and is right.";
  return `Number and size of the images are right. No checksum is published for ${formatAmount(uncheckedFiles.length, "file")}, so their content could not be checked: ${uncheckedFiles.join(", ")}.`;
}

/** `3.4 MB of 11.6 MB, 12 s left`. */
export function downloadWords(
  progress: DownloadProgress | null,
  secondsLeft: number | null,
): string {
  if (!progress) return "Asking for the files";
  const { bytes, total } = progress;
  if (bytes >= total) return "Checking the files";
  const left = secondsLeft === null ? "" : `, ${formatDuration(secondsLeft)} left`;
  return `${formatBytes(bytes)} of ${formatBytes(total)}${left}`;
}
