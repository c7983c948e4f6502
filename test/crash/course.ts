/**
 * One run in a data folder of its own, through any number of programs: what was told of it, what must
 * hold of it at any time, and that it ends as a run that was never disturbed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { EngineName } from "../../main/engine/backend/backend.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { courseOf, differences, findingsOf, type Course as Traces } from "./invariants.ts";
import { goneAfter, isAlive, newestChild, signal, startProgram, type Program } from "./program.ts";
import type { Said } from "./protocol.ts";
import { stepsPerEpoch } from "./specifications.ts";
import { addFindings, failuresOf, type Totals } from "./totals.ts";

export interface Trial {
  engine: EngineName;
  eager: boolean;
  specification: Specification;
}

export interface Watch {
  totals: Totals;
  random: (below: number) => number;
  tell: (line: string) => void;
}

export interface Course {
  home: string;
  /** The run's; empty before it was told. */
  id(): string;
  program(): Program;
  /** Opens the product on the folder; false when it ended before it said so. */
  launch(environment?: NodeJS.ProcessEnv): Promise<boolean>;
  /** Starts the run, or resumes it. */
  begin(): void;
  /** Kills the main process, and waits for what it started; without the wait where `isHasty`. */
  kill(isHasty?: boolean): Promise<void>;
  /** Looks at the folder. `isEnded`: nothing trains; `swept`: nothing unfinished may lie about. */
  look(where: string, state: { isEnded: boolean; swept: boolean }): void;
  /** Waits for the run's end, and holds it against `reference`. */
  finish(reference: Traces): Promise<void>;
  /** Counts a failure of another kind, and tells it. */
  blame(what: string): void;
  /** Ends everything; keeps the folder only where something was found. */
  close(): Promise<void>;
}

export const isFinished = (line: Said): boolean =>
  line.type === "changed" && line.status === "finished";

export function createCourse(trial: Trial, { totals, tell }: Watch): Course {
  const home = mkdtempSync(join(tmpdir(), "gan-studio-crash-"));
  const failuresBefore = failuresOf(totals);
  const told = { epoch: 0, step: 0, id: null as string | null };
  let program: Program | null = null;
  let children: number[] = [];
  const blame = (what: string) => {
    totals.otherFailures++;
    tell(`FOUND ${what}`);
  };

  const hear = (line: Said) => {
    if (line.type === "child") children.push(line.pid);
    if (line.type === "run" || line.type === "changed") told.id = line.id;
    if (line.type === "changed") told.epoch = Math.max(told.epoch, line.epoch);
    if (line.type === "refused") blame(`refusal: ${line.code}: ${line.message}`);
  };
  const current = () => {
    if (!program) throw new Error("nothing was launched");
    return program;
  };
  const requireGone = async () => {
    if ((await goneAfter(children)) === null) {
      totals.orphans++;
      const later = await goneAfter(children, 60_000);
      tell(`FOUND orphan, gone ${later === null ? "not even" : "only"} within a minute more`);
    }
    children = children.filter(isAlive);
  };

  const course: Course = {
    home,
    id: () => told.id ?? "",
    program: current,
    blame,

    async launch(environment) {
      program = startProgram(home, { environment, hear });
      return (await program.hear(({ type }) => type === "open")) !== null;
    },

    begin() {
      const { engine } = trial;
      if (told.id === null) current().tell({ type: "start", ...trial });
      else current().tell({ type: "resume", engine, id: told.id });
    },

    async kill(isHasty = false) {
      signal(current().pid, "SIGKILL");
      await current().over;
      if (!isHasty) await requireGone();
    },

    look(where, { isEnded, swept }) {
      const expected = told.id === null ? null : { ...told, id: told.id, stepsPerEpoch, isEnded };
      addFindings(totals, findingsOf(home, expected, swept), where, tell);
    },

    async finish(reference) {
      const finished = await current().hear(isFinished, 0, 300_000);
      if (finished?.type !== "changed") {
        blame(`no end; the last words were ${JSON.stringify(current().said.slice(-4))}`);
        return;
      }
      const closed = await Promise.race([current().over, delay(15_000, null)]);
      if (closed?.code !== 0) blame(`it did not close: ${JSON.stringify(closed)}`);
      await requireGone();
      // Opened once more, as the next start of the product does; then nothing may lie about.
      await course.launch();
      course.look("finished", { isEnded: true, swept: true });
      await course.kill();
      totals.runsCompared++;
      const where = differences(courseOf(home, finished.id), reference);
      if (where.length === 0) return;
      totals.resumesThatDiffer++;
      const { preset } = trial.specification;
      tell(`FOUND difference, ${String(preset)}, ${trial.engine}: ${where.slice(0, 5).join(", ")}`);
    },

    async close() {
      if (program) {
        signal(program.pid, "SIGKILL");
        await program.over;
      }
      for (const pid of children) if (isAlive(pid)) await goneAfter([pid]);
      totals.epochsAcknowledged += told.epoch;
      if (failuresOf(totals) === failuresBefore) rmSync(home, { recursive: true, force: true });
      else tell(`kept ${home}`);
    },
  };
  return course;
}

/** The run's traces without any death, for comparison. Throws when it does not finish. */
export async function undisturbed(trial: Trial): Promise<Traces> {
  const home = mkdtempSync(join(tmpdir(), "gan-studio-crash-"));
  try {
    const program = startProgram(home);
    program.tell({ type: "start", ...trial });
    const finished = await program.hear(isFinished);
    if (!finished) signal(program.pid, "SIGKILL");
    await program.over;
    if (finished?.type !== "changed")
      throw new Error(`The undisturbed run did not finish: ${JSON.stringify(program.said.at(-1))}`);
    return courseOf(home, finished.id);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Holds the product and its training process still, so that nothing changes during a look. */
export async function heldStill(program: Program, look: () => void): Promise<void> {
  const held = [program.pid, newestChild(program)].filter((pid) => pid !== null);
  for (const pid of held) signal(pid, "SIGSTOP");
  try {
    // What it said before it stood still has to arrive.
    await delay(20);
    look();
  } finally {
    for (const pid of held.toReversed()) signal(pid, "SIGCONT");
  }
}
