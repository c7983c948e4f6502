/** Paths as people type them into the page, where there is no folder that they could be relative to. */
import { homedir } from "node:os";
import { resolve } from "node:path";

/** Relative to the user's folder, «~» too: there is no other that page and program share. */
export const typedPath = (path: string): string =>
  resolve(homedir(), path.replace(/^~(?=$|[\\/])/, homedir()));
