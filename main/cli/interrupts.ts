/**
 * How an interrupted command ends: with the exit code that says so, and in the real program by the signal
 * itself. A shell's loop goes on after a program that ended with a number of its own, be it 130.
 */
import { interruptCodes } from "./outcome.ts";
import type { Interrupt, Shell } from "./shell.ts";

/**
 * Milliseconds within which a second signal is the first one's echo: `timeout` sends its own to the program
 * and then to the group that the program is in. As a second Ctrl-C it would leave at once, saving nothing.
 */
const echo = 250;

/** The shell, and the exit code of the first interrupt that a command was told of; null where none was. */
export function listeningShell(shell: Shell): { shell: Shell; interruptCode: () => number | null } {
  let first: Interrupt | null = null;
  let last = -Infinity;
  const onInterrupt: Shell["onInterrupt"] = (listener) =>
    shell.onInterrupt((signal) => {
      const isEcho = shell.now() - last < echo;
      last = shell.now();
      if (isEcho) return;
      first ??= signal;
      listener(signal);
    });
  return {
    shell: { ...shell, onInterrupt },
    interruptCode: () => (first === null ? null : interruptCodes[first]),
  };
}

/** Milliseconds after which a signal counts as not heeded: the first process of a container heeds none. */
const patience = 1000;

/** Ends this process with an exit code, or by the signal that the code stands for. */
export function endProcess(code: number): void {
  const signals = Object.keys(interruptCodes) as Interrupt[];
  const signal = signals.find((name) => interruptCodes[name] === code);
  // Windows has no signals: there a program ends another, or itself, with code 1 in their place.
  if (signal === undefined || process.platform === "win32") process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(code), patience);
}
