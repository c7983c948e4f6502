#!/usr/bin/env node
/** The entry of `gan-studio`. */
import { failedOutput } from "./failed-output.ts";
import { endProcess } from "./interrupts.ts";
import { runProgram } from "./program.ts";
import { surroundings } from "./surroundings.ts";

function endWithout(error: Error): void {
  const { code, sentence } = failedOutput(error);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

process.stdout.on("error", endWithout);
// Whoever looked on has gone; that is no reason to end a training.
process.stderr.on("error", () => undefined);

const code = await runProgram(process.argv.slice(2), surroundings());
// Waits for what is still to be written: a pipe takes long documents in pieces.
process.stdout.write("", (error) => {
  if (error) endWithout(error);
  else endProcess(code);
});
