/**
 * One run through many deaths: started, killed, resumed, killed again, at last left in peace to its end.
 * After each death the data folder is looked at.
 */
import { setTimeout as delay } from "node:timers/promises";
import { createCourse, heldStill, isFinished, type Trial, type Watch } from "./course.ts";
import type { Course as Traces } from "./invariants.ts";
import { goneAfter, newestChild, signal, type Program } from "./program.ts";

export type Target = "training" | "main";

/** Milliseconds that loading a library and compiling a small step take at most, mostly less. */
const startingTime = 2500;

/** Kills the run once for each target, then compares. A run that is finished before has no more deaths. */
export async function killedAgainAndAgain(
  trial: Trial,
  targets: readonly Target[],
  reference: Traces,
  watch: Watch,
): Promise<void> {
  const { totals } = watch;
  const course = createCourse(trial, watch);
  try {
    await course.launch();
    course.begin();
    for (const target of targets) {
      if (target === "training") {
        if (!(await killTraining(course.program(), watch))) break;
        totals.killsOfTraining++;
        await heldStill(course.program(), () => {
          course.look("training killed", { isEnded: false, swept: false });
        });
        continue;
      }
      await moment(course.program(), watch);
      if (course.program().said.some(isFinished)) break;
      const child = newestChild(course.program());
      // A hasty person starts it again while the old training process may still be about.
      const isHasty = watch.random(2) === 0;
      await course.kill(isHasty);
      totals.killsOfMain++;
      if (!(await course.launch())) {
        const { errors } = await course.program().over;
        throw new Error(`it does not open again: ${errors.slice(-500)}`);
      }
      if (isHasty && child !== null && (await goneAfter([child])) === null) {
        totals.orphans++;
        watch.tell(`FOUND orphan ${child}`);
      }
      course.look("main killed", { isEnded: true, swept: !isHasty });
      course.begin();
    }
    await course.finish(reference);
  } catch (thrown) {
    course.blame(thrown instanceof Error ? thrown.message : String(thrown));
  } finally {
    await course.close();
  }
}

/** Waits for a moment to strike: any time from the start on, or just when an epoch was told. */
async function moment(program: Program, { random }: Watch): Promise<void> {
  const from = program.said.length;
  if (random(3) === 0) {
    await program.hear(isFinished, from, random(startingTime));
    return;
  }
  const some = random(6) + 1;
  let epochs = 0;
  await program.hear(
    (line) => isFinished(line) || (line.type === "changed" && line.step > 0 && ++epochs === some),
    from,
  );
  await delay(random(80));
}

/** False when the run was finished before. */
async function killTraining(program: Program, watch: Watch): Promise<boolean> {
  if (newestChild(program) === null) await program.hear(({ type }) => type === "child");
  await moment(program, watch);
  const child = newestChild(program);
  if (child === null || program.isOver() || program.said.some(isFinished)) return false;
  const place = program.said.length;
  signal(child, "SIGKILL");
  // The next process is the one that goes on.
  const next = await program.hear(
    (line) => isFinished(line) || line.type === "child" || line.type === "refused",
    place,
  );
  return next?.type === "child";
}
