/** The exports of this page by run. An export outlives its screen: who comes back finds it as it is now. */
import { provided } from "../shared/provided.ts";
import { saveFile } from "../shared/save-file.ts";
import type { Studio } from "../shared/studio.ts";
import { RunExport } from "./run-export.svelte.ts";

export class Exports {
  #studio: Studio;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #runs = new Map<string, RunExport>();

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  of(id: string): RunExport {
    const known = this.#runs.get(id);
    if (known) return known;
    const run = new RunExport(this.#studio, id, (name, content) => {
      saveFile(name, new Blob([content as Uint8Array<ArrayBuffer>], { type: "application/zip" }));
    });
    this.#runs.set(id, run);
    return run;
  }
}

/** `useExports` throws outside of a component below the one that called `provideExports`. */
export const [useExports, provideExports] = provided<Exports>(
  "There are no exports here. Call provideExports in a component above.",
);
