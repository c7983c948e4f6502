/**
 * What a command may touch of the world around it. Tests hand in another world; `surroundings.ts`
 * is the real one.
 */
import type { Api } from "../api/api.ts";

/** Ctrl-C, the system's wish to end, and a terminal that was closed. */
export type Interrupt = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface Shell {
  /** How the program is called here, for examples that can be typed as they stand. */
  program: string;
  /** Standard output: the one document or page that was asked for. */
  print: (text: string) => void;
  /** Standard error, a line: everything else. */
  say: (line: string) => void;
  /** Where a progress bar can be drawn, or null when nobody looks. */
  terminal: NodeJS.WritableStream | null;
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  userFolder: string;
  /** The folder that the user stands in: what relative paths are relative to. */
  folder: string;
  /** The folder of the built page, for browser mode. */
  page: string;
  openApi: (home: string) => Promise<Api>;
  /** Called at Ctrl-C and when the system asks to end; returns the function that stops listening. */
  onInterrupt: (listener: (signal: Interrupt) => void) => () => void;
  /** Ends the program at once, saving nothing more. */
  leave: (code: number) => void;
  /** Milliseconds of a clock that does not run backwards. */
  now: () => number;
}
