/** Commands about works that last; see `../works.ts`. */
import * as v from "valibot";
import { answers } from "../command.ts";
import type { Work } from "../works.ts";

export const workCommands = {
  /** What is under way, oldest first. */
  "works.list": answers<{ works: Work[] }>()(v.strictObject({})),
  /** Answers, or fails, as the work itself does. Throws `run.state` for one that has ended. */
  "works.join": answers<unknown>()(v.strictObject({ id: v.pipe(v.string(), v.maxLength(64)) })),
};
