#!/usr/bin/env node
/** The entry of `gan-studio`. */
import { runProgram } from "./program.ts";
import { surroundings } from "./surroundings.ts";

// «gan-studio runs | head» ends the pipe early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const code = await runProgram(process.argv.slice(2), surroundings());
// Waits for what is still to be written: a pipe takes long documents in pieces.
process.stdout.write("", () => process.exit(code));
