/** Quitting asks where something trains, and waits until every run is saved, but not for ever. */
import type { App, MessageBoxOptions } from "electron";
import type { TrainingRun } from "./training-watch.ts";

/** The api itself gives sessions less than this. */
const patienceMilliseconds = 10_000;

export interface Quitting {
  app: Pick<App, "on" | "quit">;
  /** Whether the person wants that now; asked anew each time. */
  mayQuit: () => Promise<boolean>;
  /** Saves and closes; called once. */
  close: () => Promise<void>;
}

export interface Quit {
  /** Without asking: the system ends, and nobody would answer. */
  atOnce: () => void;
  /** True once windows may close: everything is saved. */
  isOver: () => boolean;
}

type State = "open" | "asking" | "closing" | "closed";

/** However often quitting is asked for, there is one question, and the app ends when all is closed. */
export function closeBeforeQuit({ app, mayQuit, close }: Quitting): Quit {
  let state: State = "open";
  const now = (): State => state;
  const end = () => {
    if (state === "closed") return;
    state = "closed";
    app.quit();
  };
  const save = () => {
    if (state === "closing" || state === "closed") return;
    state = "closing";
    setTimeout(end, patienceMilliseconds).unref();
    close().then(end, (thrown: unknown) => {
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
    if (isWanted) save();
    else state = "open";
  };
  app.on("before-quit", (event) => {
    if (state === "closed") return;
    event.preventDefault();
    if (state === "open") void ask();
  });
  return { atOnce: save, isOver: () => state === "closed" };
}

/** What is asked, or null where nothing trains: what is paused was saved when it was paused. */
export function quitQuestion(runs: readonly TrainingRun[]): MessageBoxOptions | null {
  const training = runs.filter(({ run }) => run.status !== "paused");
  const [first] = training;
  if (!first) return null;
  const what =
    training.length === 1
      ? `«${first.run.name}» is being trained.`
      : `${training.length.toString()} runs are being trained.`;
  return {
    ...{ type: "question", title: "Quit GAN Studio", message: what, noLink: true },
    detail:
      "GAN Studio saves before it ends. After the next start, Resume goes on from the same step.",
    buttons: ["Save and quit", "Cancel"],
    ...{ defaultId: 0, cancelId: 1 },
  };
}
