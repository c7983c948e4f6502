/** A long work that Ctrl-C calls off; pressed twice, it leaves at once. */
import { interruptCodes } from "./outcome.ts";
import type { Shell } from "./shell.ts";

/** Returns the function that stops listening. The work itself tells that it was called off. */
export function callOffAtInterrupt(shell: Shell, callOff: () => Promise<unknown>): () => void {
  let interrupted = false;
  return shell.onInterrupt((signal) => {
    if (interrupted) {
      shell.leave(interruptCodes[signal]);
      return;
    }
    interrupted = true;
    callOff().catch(() => undefined);
  });
}
