/**
 * Quitting asks where something trains, and waits until every run is saved. Where that takes long, who
 * quits again is asked whether to leave without; where the system ends, there is no time for either.
 */
import type { App, MessageBoxOptions } from "electron";
import type { TrainingRun } from "./training-watch.ts";

/** Milliseconds for saving: where a person waits, and where the system ends. */
const patience = { asked: 5 * 60_000, urgent: 8_000 };
/** The api ends what is late by itself; for the case that it does not. */
const margin = 2_000;

export interface Quitting {
  app: Pick<App, "on" | "quit">;
  /** Whether the person wants that now; asked anew each time. */
  mayQuit: () => Promise<boolean>;
  /** Whether the person who quits again, while runs are saved, wants to leave without that. */
  mayLeave: () => Promise<boolean>;
  /** Saves and closes within so many milliseconds; called once. */
  close: (patience: number) => Promise<void>;
}

export interface Quit {
  /** Without asking: the system ends, and nobody would answer. */
  atOnce: () => void;
  /** True once windows may close: everything is saved. */
  isOver: () => boolean;
}

type State = "open" | "asking" | "closing" | "closed";

/** However often quitting is asked for, there is one question, and the app ends when all is closed. */
export function closeBeforeQuit({ app, mayQuit, mayLeave, close }: Quitting): Quit {
  let state: State = "open";
  const now = (): State => state;
  const end = () => {
    if (state === "closed") return;
    state = "closed";
    app.quit();
  };
  const save = (milliseconds: number) => {
    setTimeout(end, milliseconds + margin).unref();
    if (state === "closing" || state === "closed") return;
    state = "closing";
    close(milliseconds).then(end, (thrown: unknown) => {
      console.error(thrown);
      end();
    });
  };
  const ask = async () => {
    state = "asking";
    // A dialog that cannot be shown must not keep the app from ending.
    const isWanted = await mayQuit().catch(() => true);
    // The system may have ended the session meanwhile.
    if (now() !== "asking") return;
    if (isWanted) save(patience.asked);
    else state = "open";
  };
  let isAskingToLeave = false;
  const askToLeave = async () => {
    if (isAskingToLeave) return;
    isAskingToLeave = true;
    const isWanted = await mayLeave().catch(() => false);
    isAskingToLeave = false;
    if (isWanted) end();
  };
  app.on("before-quit", (event) => {
    if (state === "closed") return;
    event.preventDefault();
    if (state === "open") void ask();
    if (state === "closing") void askToLeave();
  });
  const atOnce = () => {
    save(patience.urgent);
  };
  return { atOnce, isOver: () => state === "closed" };
}

/**
 * What is asked, or null where nothing trains and nothing is called off: what is paused was saved when it
 * was paused. `unfinished`: what is lost, as parts of a sentence.
 */
export function quitQuestion(
  runs: readonly TrainingRun[],
  unfinished: readonly string[] = [],
): MessageBoxOptions | null {
  const training = runs.filter(({ run }) => run.status !== "paused");
  const [first] = training;
  const lost = `Quitting calls off: ${unfinished.join("; ")}.`;
  const usual = {
    ...{ type: "question" as const, title: "Quit GAN Studio", noLink: true },
    ...{ defaultId: 0, cancelId: 1 },
  };
  if (!first)
    return unfinished.length === 0
      ? null
      : {
          ...usual,
          ...{ message: "Not everything is finished.", detail: lost, buttons: ["Quit", "Cancel"] },
        };
  const what =
    training.length === 1
      ? `«${first.run.name}» is being trained.`
      : `${training.length.toString()} runs are being trained.`;
  return {
    ...usual,
    message: what,
    detail: [
      "GAN Studio saves before it ends. After the next start, Resume goes on from the same step.",
      ...(unfinished.length === 0 ? [] : [lost]),
    ].join("\n\n"),
    buttons: ["Save and quit", "Cancel"],
  };
}

/** What is asked of a person who quits again before all is saved. */
export const leaveQuestion: MessageBoxOptions = {
  ...{ type: "question", title: "Quit GAN Studio", noLink: true },
  message: "GAN Studio is still saving.",
  detail: "What was trained since the last checkpoint is lost if it ends now.",
  buttons: ["Wait", "Quit now"],
  ...{ defaultId: 0, cancelId: 0 },
};
