/** Starts a preset as it is, on the data that it was made for, and goes to the run. */
import type { Preset } from "../../main/spec/presets.ts";
import type { Notices } from "../shared/notices.svelte.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { addresses } from "./routing.ts";

export async function startPreset(
  { title, specification }: Preset,
  { studio, notices, goTo }: { studio: Studio; notices: Notices; goTo: (address: string) => void },
): Promise<void> {
  const starting = notices.show({ text: `Starting «${title}»`, stays: true });
  try {
    const run = await studio.client.runs.start({ specification, engine: "auto" });
    goTo(addresses.run(run.id));
  } catch (thrown) {
    const text = problemMessage(thrown);
    notices.show({ tone: "bad", title: `«${title}» was not started`, text });
  } finally {
    notices.dismiss(starting);
  }
}
