/** Starts what was designed and goes to it; who has gone elsewhere meanwhile is told, and stays there. */
import type { Draft } from "../design/draft.svelte.ts";
import type { Notices } from "../shared/notices.svelte.ts";
import { addresses } from "./routing.ts";

interface Page {
  notices: Notices;
  goTo: (address: string) => void;
  /** Whether the design is still on the screen. */
  isShown: () => boolean;
}

export async function trainDraft(draft: Draft, { notices, goTo, isShown }: Page): Promise<void> {
  const started = await draft.start();
  if (!started) {
    const text = draft.startProblem;
    if (!isShown() && text !== null)
      notices.show({ tone: "bad", title: "The run was not started", text });
    return;
  }
  const [{ name }, address] =
    "run" in started
      ? [started.run, addresses.run(started.run.id)]
      : [started.group, addresses.group(started.group.id)];
  if (isShown()) goTo(address);
  else
    notices.show({
      text: `«${name}» was started.`,
      action: {
        label: "Show",
        run: () => {
          goTo(address);
        },
      },
    });
}
