/** Whether a process was ended by what was meant for the whole terminal: Ctrl-C, its closing, a service's stop. */

const terminalSignals: ReadonlySet<string> = new Set(["SIGINT", "SIGTERM", "SIGHUP"]);

/** STATUS_CONTROL_C_EXIT: Windows has no signals and ends every program of the console with this code. */
const windowsInterrupt = 0xc000013a;

export const endedAsBystander = (code: number | null, signal: string | null): boolean =>
  signal === null ? code === windowsInterrupt : terminalSignals.has(signal);
