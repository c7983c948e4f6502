/** What happened to a run, as lines: its changes, pauses, resumptions, exports. */
import type { RunEvent } from "../contract/runs.ts";
import { count, moment, plural } from "./format.ts";
import { table } from "./table.ts";

/** Events that are listed; of longer histories the last ones. */
const listed = 15;

/** Every run has them, and the page tells what they tell. */
const usual: ReadonlySet<string> = new Set(["started", "ready", "finished"]);

/** Empty where nothing but the usual happened. */
export function historyText(events: readonly RunEvent[]): string {
  const told = events.filter(({ kind }) => !usual.has(kind));
  if (told.length === 0) return "";
  const shown = told.slice(-listed);
  const before = told.length - shown.length;
  const columns = [{ title: "WHEN" }, { title: "STEP", numeric: true }, { title: "" }];
  const rows = shown.map(({ at, step, kind, detail }) => [
    ...[moment(at), count(step)],
    detail === "" ? kind : `${kind}: ${detail}`,
  ]);
  const note = before > 0 ? `(${plural(before, "earlier event")} not shown)\n` : "";
  return `\nHistory\n${note}${table(columns, rows)}`;
}
