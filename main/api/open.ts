/** Opens the product on a data folder: the one thing every shell does first. */
import type { CommandName, Handlers, Payload, Result } from "../contract/commands.ts";
import { dispatch } from "../contract/dispatch.ts";
import { catalogue as publicCatalogue, type Catalogue } from "../data/download/catalogue.ts";
import { sweepCache } from "../data/cache.ts";
import { removeStaleTemporaryFiles } from "../files/durable-write.ts";
import { openHome, type Home } from "../store/home.ts";
import { listDatasets } from "../store/datasets.ts";
import { cacheFolder } from "../store/layout.ts";
import { recoverRuns } from "../store/recover.ts";
import { sweepArrivals } from "../store/arrivals.ts";
import { createAnnouncer } from "./announcer.ts";
import { closingProblem } from "./closing.ts";
import type { Api } from "./api.ts";
import { bundleHandlers } from "./bundles/handlers.ts";
import { createTransfers } from "./bundles/transfers.ts";
import type { ApiContext } from "./context.ts";
import { datasetHandlers } from "./datasets.ts";
import { cancelDownloads, downloadHandlers } from "./downloads.ts";
import { createEvaluations } from "./evaluation/evaluations.ts";
import { evaluateWhileTraining } from "./evaluation/automatic.ts";
import { evaluationHandlers } from "./evaluation/handlers.ts";
import { doctorHandlers } from "./doctor/findings.ts";
import { watchRuns } from "./doctor/watch.ts";
import { createExplorations } from "./explore/explorations.ts";
import { exploreHandlers } from "./explore/handlers.ts";
import { exportHandlers } from "./exports/handlers.ts";
import { createPreparations } from "./preparations.ts";
import { forkHandlers } from "./runs/fork.ts";
import { groupHandlers } from "./runs/groups.ts";
import { createHeldCheckpoints } from "./runs/held-checkpoints.ts";
import { historyHandlers } from "./runs/history.ts";
import { lifecycleHandlers } from "./runs/lifecycle.ts";
import { reproduceHandlers } from "./runs/reproduce.ts";
import { steeringHandlers } from "./runs/steering.ts";
import { taggingHandlers } from "./runs/tagging.ts";
import type { SessionHost } from "./sessions/host.ts";
import { nodeSessionHost } from "./sessions/node-host.ts";
import { createOneShots } from "./sessions/one-shot.ts";
import { systemHandlers } from "./system/handlers.ts";
import { chosenTensorflow, withTensorflow } from "./system/tensorflow-choice.ts";
import { createWorks } from "./works.ts";

export interface ApiOptions {
  /** The data folder; created when missing. */
  home: string;
  /** How often within five minutes a training process that died is started again; 3 when not given. */
  restarts?: number;
  /** Where sessions run; child processes of Node when not given. */
  sessions?: SessionHost;
  /** Where public data sets lie; elsewhere in tests only. */
  catalogue?: Catalogue;
}

/** Milliseconds that sessions get for saving before they are ended: a large state on a slow disk. */
const closingTime = 60_000;

/** Throws what `openHome` throws: `home.unwritable`, `home.locked`, `home.newer`, `home.damaged`. */
export async function openApi(options: ApiOptions): Promise<Api> {
  const { home: folder, sessions, catalogue = publicCatalogue, restarts = 3 } = options;
  const home = await openRecovered(folder);
  const tensorflow = chosenTensorflow(home.folder, process.env);
  const host = withTensorflow(sessions ?? nodeSessionHost(), tensorflow);
  const announcer = createAnnouncer();
  const works = createWorks(announcer);
  const context: ApiContext = {
    ...{ home, host, tensorflow, announcer, now: Date.now, catalogue, restarts },
    downloading: new Map(),
    preparations: createPreparations((progress) => {
      announcer.announce("dataset.preparing", progress);
    }),
    transfers: createTransfers((progress) => {
      announcer.announce("bundle.progress", progress);
    }),
    oneShots: createOneShots(host),
    explorations: createExplorations(host),
    evaluations: createEvaluations(),
    live: new Map(),
    held: createHeldCheckpoints(),
    starting: new Set(),
    closing: new AbortController(),
  };
  const handlers: Handlers = {
    ...systemHandlers(context),
    ...datasetHandlers(context),
    ...downloadHandlers(context),
    ...historyHandlers(context),
    ...taggingHandlers(context),
    ...lifecycleHandlers(context),
    ...steeringHandlers(context),
    ...forkHandlers(context),
    ...reproduceHandlers(context),
    ...groupHandlers(context),
    ...exploreHandlers(context),
    ...exportHandlers(context),
    ...evaluationHandlers(context, evaluateWhileTraining(context)),
    ...bundleHandlers(context),
    ...doctorHandlers(context),
    ...works.handlers,
  };
  watchRuns(context);
  const inFlight = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  const answer = (command: string, payload: unknown): Promise<unknown> => {
    if (closing) return Promise.reject(closingProblem());
    const answered = dispatch(handlers, command, payload);
    inFlight.add(answered);
    works.follow(command, payload, answered);
    const forget = () => inFlight.delete(answered);
    answered.then(forget, forget);
    return answered;
  };

  return {
    invoke: <Name extends CommandName>(command: Name, payload: Payload<Name>) =>
      answer(command, payload) as Promise<Result<Name>>,
    notices: home.notices,
    dispatch: answer,
    subscribe: announcer.subscribe,
    close: (patience = closingTime) => (closing ??= close(context, inFlight, patience)),
  };
}

async function openRecovered(folder: string): Promise<Home> {
  const home = openHome(folder);
  try {
    await recoverRuns(home, Date.now());
    sweepArrivals(home);
    const cache = cacheFolder(home.folder);
    await removeStaleTemporaryFiles(cache);
    // No session of this home reads from the cache yet.
    sweepCache(
      cache,
      listDatasets(home).map(({ source }) => source),
    );
    return home;
  } catch (thrown) {
    home.close();
    throw thrown;
  }
}

/** Saves and stops what is live; what does not end in time is ended, and the run is interrupted. */
async function close(
  context: ApiContext,
  inFlight: ReadonlySet<Promise<unknown>>,
  patience: number,
): Promise<void> {
  const { home, live, oneShots } = context;
  const stopAll = () => {
    for (const session of live.values()) session.send({ type: "stop" });
  };
  context.closing.abort(closingProblem());
  oneShots.end();
  context.explorations.end();
  context.evaluations.cancelAll();
  cancelDownloads(context);
  context.preparations.cancelAll();
  context.transfers.cancelAll();
  stopAll();
  const { promise: timeIsUp, resolve: giveUp } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    for (const session of live.values()) session.abandon();
    giveUp(undefined);
  }, patience);
  // A start that is under way may still add a session; it must be stopped too.
  await Promise.race([Promise.allSettled([...inFlight]), timeIsUp]);
  stopAll();
  await Promise.all([...live.values()].map((session) => session.over));
  clearTimeout(timer);
  home.close();
}
