/** What every handler works with; made once when the api opens. */
import type { DatasetInfo } from "../contract/system.ts";
import type { Catalogue } from "../data/download/catalogue.ts";
import type { DownloadId } from "../spec/downloads.ts";
import type { Home } from "../store/home.ts";
import type { Announcer } from "./announcer.ts";
import type { Transfers } from "./bundles/transfers.ts";
import type { Evaluations } from "./evaluation/evaluations.ts";
import type { Explorations } from "./explore/explorations.ts";
import type { Preparations } from "./preparations.ts";
import type { HeldCheckpoints } from "./runs/held-checkpoints.ts";
import type { LiveSession } from "./runs/live-session.ts";
import type { SessionHost } from "./sessions/host.ts";
import type { OneShots } from "./sessions/one-shot.ts";
import type { ChosenTensorflow } from "./system/tensorflow-choice.ts";

/** A public data set that is being fetched. */
export interface Downloading {
  controller: AbortController;
  done: Promise<DatasetInfo>;
}

export interface ApiContext {
  home: Home;
  host: SessionHost;
  /** Which TensorFlow sessions load. */
  tensorflow: ChosenTensorflow;
  oneShots: OneShots;
  /** Sessions that answer questions about trained generators. */
  explorations: Explorations;
  announcer: Announcer;
  /** Sessions that measure how good images are. */
  evaluations: Evaluations;
  /** Training sessions by run. */
  live: Map<string, LiveSession>;
  /** Checkpoints that are being read. */
  held: HeldCheckpoints;
  /** Runs that are about to get a session: a second one must not. */
  starting: Set<string>;
  /** How often within five minutes a training process that died is started again. */
  restarts: number;
  /** Where public data sets lie. */
  catalogue: Catalogue;
  downloading: Map<DownloadId, Downloading>;
  /** Data sets that are being made ready. */
  preparations: Preparations;
  /** Bundles that are being written or imported. */
  transfers: Transfers;
  /** Aborted when the api closes: nothing may be started by itself then. */
  closing: AbortController;
  /** Milliseconds since 1970. */
  now: () => number;
}
