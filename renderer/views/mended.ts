/** Says what GAN Studio had to mend when it opened its data folder; it stays until it is put away. */
import type { Notices } from "../shared/notices.svelte.ts";
import type { Studio } from "../shared/studio.ts";

/** Asks now and after each lost connection, when another program may answer. Returns the end of it. */
export function tellMended(studio: Studio, notices: Notices): () => void {
  const told = new Set<string>();
  const ask = async () => {
    try {
      const answer = await studio.client.system.notices({});
      for (const text of answer.notices) {
        if (told.has(text)) continue;
        told.add(text);
        notices.show({ title: "The list of runs was mended", text, tone: "warn", stays: true });
      }
    } catch {
      // The screens say when GAN Studio cannot be reached.
    }
  };
  void ask();
  return studio.connection.onReconnect(() => void ask());
}
