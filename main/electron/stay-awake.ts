/** Keeps the machine from going to sleep by itself while something trains. The screen may go dark. */
import type { PowerSaveBlocker } from "electron";
import type { TrainingWatch } from "./training-watch.ts";

export interface StayAwake {
  powerSaveBlocker: Pick<PowerSaveBlocker, "start" | "stop">;
  isWanted: () => boolean;
}

/** Returns what is to be called when the preference has changed. */
export function stayAwake(
  watch: TrainingWatch,
  { powerSaveBlocker, isWanted }: StayAwake,
): () => void {
  let blocker: number | null = null;
  const adapt = () => {
    // A run that is paused can be paused for days.
    const isNeeded = isWanted() && watch.runs().some(({ run }) => run.status !== "paused");
    if (isNeeded && blocker === null) blocker = powerSaveBlocker.start("prevent-app-suspension");
    else if (!isNeeded && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
  watch.onChange(adapt);
  return adapt;
}
