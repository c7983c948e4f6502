/** What every screen asks and listens through, handed down the component tree. */
import { provided } from "./provided.ts";
import { createClient, type Client } from "../../main/contract/client.ts";
import { Connection } from "./connection.svelte.ts";
import type { Desktop } from "./transport/desktop.ts";
import type { PageTransport } from "./transport/page-transport.ts";

export interface Studio {
  client: Client;
  connection: Connection;
  /** Where a dropped file lies; absent in a browser. */
  pathOf?: (file: File) => string;
  /** The desktop app's window; absent in a browser. */
  desktop?: Desktop;
}

export const createStudio = (transport: PageTransport): Studio => ({
  client: createClient(transport),
  connection: new Connection(transport),
  ...(transport.pathOf && { pathOf: transport.pathOf }),
  ...(transport.desktop && { desktop: transport.desktop }),
});

/** `useStudio` throws outside of a component below the one that called `provideStudio`. */
export const [useStudio, provideStudio] = provided<Studio>(
  "There is no studio here. Call provideStudio in a component above.",
);
