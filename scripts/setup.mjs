/**
 * Sets the project up, then starts a task: packages, a Node that is new enough, TensorFlow, the built page. Plain
 * Node 20 without dependencies, since it runs before there are any.
 *
 *   node scripts/setup.mjs [start|dev|demo|test|cli|check|fix] [arguments of the task]
 *
 * Without a task it only sets up, and looks again for a TensorFlow that was missing.
 */
import { endAllCommands } from "./setup/command.mjs";
import { createContext } from "./setup/context.mjs";
import { projectRoot } from "./setup/places.mjs";
import { SetupProblem } from "./setup/problem.mjs";
import { createReport } from "./setup/report.mjs";
import { runTask } from "./setup/run-task.mjs";
import { allSteps, runSteps } from "./setup/steps.mjs";
import { planTask, taskNames } from "./setup/tasks.mjs";

const [name, ...parameters] = process.argv.slice(2);

/** @returns {Promise<number>} the exit code */
async function main() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new SetupProblem(
      `GAN Studio needs Node 20 or newer, and this is Node ${process.versions.node}. Install Node 24 from https://nodejs.org.`,
    );
  }
  const plan = planTask(name, parameters, projectRoot);
  if (!plan)
    throw new SetupProblem(`There is no task "${name}". Use one of: ${taskNames.join(", ")}.`);
  const report = createReport(plan.quiet ? process.stderr : process.stdout);
  const context = createContext(report, { again: name === undefined });
  const stop = () => {
    endAllCommands();
    process.exit(130);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
  await runSteps(
    context,
    allSteps.filter((step) => plan.steps.some((wanted) => wanted === step.name)),
  );
  process.off("SIGINT", stop).off("SIGTERM", stop).off("SIGHUP", stop);
  if (!plan.command) {
    report.note("set-up", "everything is in place.");
    return 0;
  }
  return runTask(context, plan.command);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  process.stderr.write(`${error.message}\n${error.details ? `\n${error.details}\n` : ""}`);
  process.exitCode = 1;
}
