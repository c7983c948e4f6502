/** A checkpoint that is damaged and was passed over is told on a line of its own. */
import type { Api } from "../api/api.ts";
import type { Shell } from "./shell.ts";

/** Until the returned function is called. */
export const tellDamage = (api: Api, shell: Shell): (() => void) =>
  api.subscribe("run.event", ({ event }) => {
    if (event.kind === "checkpoint damaged") shell.say(event.detail);
  });
