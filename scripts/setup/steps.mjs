/**
 * The steps in their order. Each knows cheaply whether it is done; only when one is not, the lock is taken, and every
 * step is asked again, since another set-up may have done it meanwhile.
 */
import { rmSync } from "node:fs";
import { takeLock } from "./lock.mjs";
import { provideNode, readyNode } from "./node.mjs";
import { installPackages, packagesAreInstalled } from "./packages.mjs";
import { buildPage, pageIsBuilt } from "./page.mjs";
import { provideTensorflow, tensorflowIsSettled } from "./tensorflow.mjs";

/** @typedef {import("./context.mjs").SetupContext} SetupContext */
/** @typedef {{ name: string, label: string, isDone(context: SetupContext): boolean, run(context: SetupContext): Promise<string> }} SetupStep */

/** @type {SetupStep[]} */
export const allSteps = [
  { name: "packages", label: "packages", isDone: packagesAreInstalled, run: installPackages },
  {
    name: "node",
    label: "Node 24",
    isDone(context) {
      const ready = readyNode(context);
      if (ready) context.node = ready;
      return ready !== null;
    },
    async run(context) {
      const { executable, message } = await provideNode(context);
      context.node = executable;
      return message;
    },
  },
  { name: "tensorflow", label: "TensorFlow", isDone: tensorflowIsSettled, run: provideTensorflow },
  { name: "page", label: "page", isDone: pageIsBuilt, run: buildPage },
];

/**
 * @param {SetupContext} context its `node` is set on the way
 * @param {readonly SetupStep[]} steps
 * @throws {import("./problem.mjs").SetupProblem}
 */
export async function runSteps(context, steps) {
  // All are asked, not only until the first that is not done: asking also finds the Node to run on.
  if (steps.map((step) => step.isDone(context)).every(Boolean)) return;
  const lock = await takeLock(context.places.lock, {
    onWait: (pid) =>
      context.report.note("set-up", `waiting for another set-up (process ${pid}) ...`),
  });
  context.adopt = lock.adopt;
  try {
    // Nobody else is at work: what lies here was left by a set-up that was killed.
    rmSync(context.places.unfinished, { recursive: true, force: true });
    for (const step of steps) {
      if (step.isDone(context)) continue;
      const started = performance.now();
      const message = await step.run(context);
      context.report.step(step.label, message, performance.now() - started);
    }
  } finally {
    context.adopt = () => undefined;
    lock.release();
  }
}
