/** Opens the product on a data folder: the one thing every shell does first. */
import { dispatch } from "../contract/dispatch.ts";
import type { CommandName, Handlers, Payload, Result } from "../contract/commands.ts";
import { openHome } from "../store/home.ts";
import { recoverRuns } from "../store/recover.ts";
import { createAnnouncer } from "./announcer.ts";
import type { Api } from "./api.ts";
import type { ApiContext } from "./context.ts";
import { datasetHandlers } from "./datasets.ts";
import { historyHandlers } from "./runs/history.ts";
import { lifecycleHandlers } from "./runs/lifecycle.ts";
import type { SessionHost } from "./sessions/host.ts";
import { nodeSessionHost } from "./sessions/node-host.ts";
import { systemHandlers } from "./system/handlers.ts";

export interface ApiOptions {
  /** The data folder; created when missing. */
  home: string;
  /** Where sessions run; child processes of Node when not given. */
  sessions?: SessionHost;
}

/** Milliseconds that sessions get for saving before they are ended when the api closes. */
const closingTime = 8000;

/** Throws what `openHome` throws: `home.unwritable`, `home.locked`, `home.newer`, `home.damaged`. */
export async function openApi({ home: folder, sessions }: ApiOptions): Promise<Api> {
  const home = openHome(folder);
  const announcer = createAnnouncer();
  const context: ApiContext = {
    home,
    host: sessions ?? nodeSessionHost(),
    announcer,
    live: new Map(),
    now: Date.now,
  };
  await recoverRuns(home, context.now());
  const handlers: Handlers = {
    ...systemHandlers(context),
    ...datasetHandlers(context),
    ...historyHandlers(context),
    ...lifecycleHandlers(context),
  };
  let closing: Promise<void> | null = null;

  return {
    invoke: <Name extends CommandName>(command: Name, payload: Payload<Name>) =>
      dispatch(handlers, command, payload) as Promise<Result<Name>>,
    dispatch: (command, payload) => dispatch(handlers, command, payload),
    subscribe: (event, listener) => announcer.subscribe(event, listener),
    close: () => (closing ??= close(context)),
  };
}

async function close({ home, live }: ApiContext): Promise<void> {
  const sessions = [...live.values()];
  for (const session of sessions) session.process.send({ type: "stop" });
  const timer = setTimeout(() => {
    for (const session of sessions) session.process.kill();
  }, closingTime);
  await Promise.all(sessions.map((session) => session.over));
  clearTimeout(timer);
  home.close();
}
