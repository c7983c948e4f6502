/** The Doctor looks at runs while they train, now and then, and announces what it says anew. */
import type { ApiContext } from "../context.ts";
import { findingsOf } from "./findings.ts";

/** Milliseconds between two looks at a run. */
const interval = 3000;

interface Watched {
  lookedAt: number;
  /** What was last announced, as text. */
  said: string;
}

const nothing = "[]";
const liveStatuses: readonly string[] = ["starting", "running", "paused"];

/** For as long as the api is open. */
export function watchRuns({ home, live, announcer }: ApiContext): void {
  // Not the clock on the wall: set back, it would keep the Doctor from looking.
  const now = () => performance.now();
  const watched = new Map<string, Watched>();

  const look = (id: string, before: Watched | undefined) => {
    const findings = findingsOf({ home, live }, id);
    const said = JSON.stringify(findings.map(({ id: name, severity }) => [name, severity]));
    watched.set(id, { lookedAt: now(), said });
    if (said !== (before?.said ?? nothing)) announcer.announce("run.findings", { id, findings });
  };

  announcer.subscribe("run.progress", ({ id }) => {
    const before = watched.get(id);
    if (now() - (before?.lookedAt ?? -Infinity) >= interval) look(id, before);
  });
  announcer.subscribe("run.changed", ({ id, status }) => {
    if (liveStatuses.includes(status)) return;
    const before = watched.get(id);
    if (before) look(id, before);
    watched.delete(id);
  });
}
