/** Under which licences the software that GAN Studio contains may be used; a file beside the page. */
import * as v from "valibot";

const noticesSchema = v.array(
  v.object({ name: v.string(), version: v.string(), licence: v.string(), text: v.string() }),
);

export type LicenceNotice = v.InferOutput<typeof noticesSchema>[number];

export class Licences {
  #fetch: (address: string) => Promise<Pick<Response, "ok" | "json">>;
  #notices = $state.raw<readonly LicenceNotice[] | null>(null);
  #problem = $state.raw<string | null>(null);

  constructor(ask: (address: string) => Promise<Pick<Response, "ok" | "json">> = fetch) {
    this.#fetch = ask;
  }

  /** By name; null before they are there. */
  get notices(): readonly LicenceNotice[] | null {
    return this.#notices;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks once; after a failure again. */
  async load(): Promise<void> {
    if (this.#notices) return;
    try {
      const ask = this.#fetch;
      const answer = await ask("licences.json");
      if (!answer.ok) throw new Error("no such file");
      this.#notices = v.parse(noticesSchema, await answer.json());
      this.#problem = null;
    } catch {
      this.#problem =
        "The list of licences cannot be read. Close this part and open it again; if that does not help, start GAN Studio again.";
    }
  }
}
