/** How a run that ended, or waits for room on the disk, is explained: what happened, what was kept, what can be done. */
import type { RunDetail, RunStatus } from "../../main/contract/runs.ts";
import { formatCount } from "../shared/formats.ts";
import { isLive, type Tone } from "../shared/status.ts";

export interface Ending {
  tone: Tone;
  title: string;
  text: string;
}

type Ended = Exclude<RunStatus, "starting" | "running" | "paused">;

const titles: Record<Ended, { tone: Tone; title: string }> = {
  finished: { tone: "good", title: "Finished" },
  stopped: { tone: "neutral", title: "Stopped and saved" },
  interrupted: { tone: "warn", title: "Interrupted" },
  failed: { tone: "bad", title: "Failed" },
};

const whatHappened: Record<Ended, string> = {
  finished: "",
  stopped: "",
  interrupted: "GAN Studio ended while this run was training.",
  failed: "Training ended with an error.",
};

/** Null while a session is behind the run and can go on. */
export function endingOf({ run, checkpoints }: RunDetail): Ending | null {
  if (run.status === "paused" && run.code === "disk.full")
    return {
      tone: "warn",
      title: "Waiting for room on the disk",
      text: sentence(run.reason ?? ""),
    };
  if (run.status === "starting" || run.status === "running" || run.status === "paused") return null;
  const newest = checkpoints.reduce((step, checkpoint) => Math.max(step, checkpoint.step), -1);
  const canResume = newest >= 0;
  const kept = canResume
    ? `Saved up to step ${formatCount(newest)}, with all grids and figures.`
    : "No checkpoint was written, so it cannot go on from here.";
  return {
    ...titles[run.status],
    text: [sentence(run.reason ?? whatHappened[run.status]), kept, whatToDo(run.status, canResume)]
      .filter((part) => part !== "")
      .join(" "),
  };
}

/** Not what waits or trains, nor a generator from an export, which holds no network to train it against. */
export const isResumable = ({ run, checkpoints, events }: RunDetail): boolean =>
  !isLive(run.status) && checkpoints.length > 0 && !events.some(({ kind }) => kind === "opened");

function whatToDo(status: Ended, canResume: boolean): string {
  if (!canResume) return "Start a new run with the same settings.";
  if (status === "finished") return "More epochs train it further.";
  if (status === "failed")
    return "Resume goes on from there; if it fails again, start a new run with lower learning rates.";
  return "Resume goes on exactly from there.";
}

function sentence(words: string): string {
  const text = words.trim();
  return text === "" || /[.?!]$/.test(text) ? text : `${text}.`;
}

/** Runs that train at once share the machine; `names` are those of the others. */
export function sharingSentence(names: readonly string[]): string {
  const [first = ""] = names;
  const who =
    names.length === 1 ? `«${first}» trains` : `${formatCount(names.length)} other runs train`;
  return `${who} at the same time, so each is slower than alone. Pause one to give the whole machine to the other.`;
}
