/**
 * Crashes at every named point of the code that stores things, each in a run of its own: written files,
 * commits, pruning; the migration and the rebuilding of the database; the import of a bundle.
 */
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { failpoints, type Failpoint } from "../../main/files/failpoints.ts";
import { createCourse, isFinished, type Course, type Trial, type Watch } from "./course.ts";
import { courseOf, differences, type Course as Traces } from "./invariants.ts";
import { olderDatabase } from "./older-database.ts";
import { isAlive } from "./program.ts";

/** How often a point is passed before it strikes: in the main process, and in the training process. */
const turns: Partial<Record<string, readonly number[]>> = {
  // The first files are the main process's own, of a new run; the sixth is a checkpoint of the training process.
  write: [1, 2, 6],
  commit: [1, 5],
  prune: [1, 2],
  migration: [1],
  rebuild: [1],
  import: [1],
};

export async function failpointTrials(
  trial: Trial,
  reference: Traces,
  watch: Watch,
  only: (name: Failpoint, turn: number) => boolean = () => true,
): Promise<void> {
  for (const name of failpoints) {
    const group = name.split(".")[0] ?? "";
    for (const turn of turns[group] ?? [1]) {
      if (!only(name, turn)) continue;
      const course = createCourse(trial, watch);
      try {
        const point = `${name}:${turn}`;
        const how = ways[group] ?? whileTraining;
        const who = await how(course, { GAN_STUDIO_FAILPOINT: point }, reference);
        if (who === null) {
          watch.totals.notReached++;
          watch.tell(`NOT REACHED ${point}`);
        } else {
          watch.totals.failpoints++;
          watch.tell(`${trial.engine} ${point}: ${who} died`);
        }
      } catch (thrown) {
        course.blame(`${name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      } finally {
        await course.close();
      }
    }
  }
}

/** Goes through one crash; resolves with who died, or null where the point was not passed. */
type Way = (
  course: Course,
  environment: NodeJS.ProcessEnv,
  reference: Traces,
) => Promise<"the main process" | "the training process" | null>;

const ways: Partial<Record<string, Way>> = {
  migration: (course, environment, reference) =>
    whileOpening(course, environment, reference, olderDatabase),
  rebuild: (course, environment, reference) =>
    whileOpening(course, environment, reference, damaged),
  import: whileImporting,
};

const whileTraining: Way = async (course, environment, reference) => {
  await course.launch(environment);
  course.begin();
  const who = await firstDeath(course);
  await course.kill();
  await reopened(course, "failpoint");
  if (who !== null) course.begin();
  if (who !== null) await course.finish(reference);
  return who;
};

/** Null when the run was finished before. */
async function firstDeath(course: Course): ReturnType<Way> {
  const program = course.program();
  let children = 0;
  await program.hear(
    (line) =>
      isFinished(line) ||
      (line.type === "changed" && ["failed", "interrupted"].includes(line.status)) ||
      (line.type === "child" && ++children === 2),
  );
  if (program.said.some(isFinished)) return null;
  const first = program.said.find((line) => line.type === "child")?.pid;
  if (first !== undefined && !program.isOver() && !isAlive(first)) return "the training process";
  return program.isOver() ? "the main process" : null;
}

async function reopened(course: Course, where: string): Promise<void> {
  if (!(await course.launch())) {
    const { errors } = await course.program().over;
    throw new Error(`it does not open again: ${errors.slice(-500)}`);
  }
  course.look(where, { isEnded: true, swept: true });
}

/** A run that was on its way, whose database is then of another time, or damaged. */
async function whileOpening(
  course: Course,
  environment: NodeJS.ProcessEnv,
  reference: Traces,
  spoil: (home: string) => void,
): ReturnType<Way> {
  await course.launch();
  course.begin();
  await course.program().hear((line) => line.type === "changed" && line.epoch >= 4);
  await course.kill();
  spoil(course.home);
  const opened = await course.launch(environment);
  await course.kill();
  await reopened(course, "failpoint");
  course.begin();
  await course.finish(reference);
  return opened ? null : "the main process";
}

/** The first page is gone, with the log: what is left is the run folder. */
function damaged(home: string): void {
  for (const log of ["-wal", "-shm"]) rmSync(join(home, `studio.db${log}`), { force: true });
  const file = openSync(join(home, "studio.db"), "r+");
  writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
  closeSync(file);
}

/** A finished run in a bundle; the crash is in the folder that takes it in. */
async function whileImporting(
  course: Course,
  environment: NodeJS.ProcessEnv,
  reference: Traces,
): ReturnType<Way> {
  await course.launch();
  course.begin();
  await course.finish(reference);
  await course.launch();
  const id = course.id();
  const path = join(course.home, "made.ganrun");
  course.program().tell({ type: "bundle", id, path });
  await course.program().hear(({ type }) => type === "moved" || type === "refused");
  await course.kill();
  rmSync(join(course.home, "runs"), { recursive: true });
  for (const part of ["", "-wal", "-shm"])
    rmSync(join(course.home, `studio.db${part}`), { force: true });

  await course.launch(environment);
  course.program().tell({ type: "import", path });
  const arrived = await course.program().hear(({ type }) => type === "moved");
  await course.kill();
  await course.launch();
  course.program().tell({ type: "import", path });
  await course.program().hear(({ type }) => type === "moved" || type === "refused");
  await course.kill();
  await reopened(course, "imported");
  const where = differences(courseOf(course.home, id), reference);
  if (where.length > 0) course.blame(`an imported run that differs: ${where[0] ?? ""}`);
  return arrived === null ? "the main process" : null;
}
