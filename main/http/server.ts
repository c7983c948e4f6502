/**
 * Browser mode: the built page, the commands and the events over HTTP, for this machine's own browser
 * unless another address is asked for. Everything is closed by default: see `refusing.ts`.
 */
import fastifyWebsocket from "@fastify/websocket";
import fastify, { type FastifyInstance } from "fastify";
import { existsSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Api } from "../api/api.ts";
import { Problem } from "../spec/problem.ts";
import { createAttempts } from "./attempts.ts";
import { acceptToken, answerCommands, readJsonBodies, type Door } from "./commands.ts";
import { answerErrors } from "./errors.ts";
import { endWebSockets, streamEvents } from "./event-stream.ts";
import { securityHeaders } from "./headers.ts";
import { allowedHosts, authority, shownHost } from "./hosts.ts";
import { listenProblem } from "./listen-problem.ts";
import { servePage } from "./page.ts";
import { guard, refuse } from "./refusing.ts";
import { createSecret } from "./secrets.ts";
import { createSessions } from "./sessions.ts";

export interface ServerOptions {
  api: Api;
  /** Address to listen on. Default: 127.0.0.1, which only this machine reaches. */
  host?: string;
  /** 0 for any free port. */
  port: number;
  /** The folder of the built page. */
  page: string;
  /** Default: a new one of 256 random bits. */
  token?: string;
  /** Milliseconds for the head of a request to arrive; 10,000 when not given. */
  patience?: number;
  /** Told of errors that are no `Problem`; the page sees one sentence of them. */
  onInternalError?: (thrown: unknown) => void;
}

export interface RunningServer {
  /** What to open in a browser, token and all. */
  address: string;
  port: number;
  token: string;
  /** Ends all connections; the api is the caller's to close. */
  close(): Promise<void>;
}

const mebibyte = 1024 * 1024;

/** Connections at once: enough for many tabs, too few to exhaust the process's files. */
const connectionLimit = 256;

const ownNames = (): string[] => [
  hostname(),
  ...Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address }) => address),
  ),
];

/** The server before it listens. `listening` is asked at each request, for the port may be chosen late. */
export async function buildServer(
  options: ServerOptions & { token: string },
  listening: () => { hosts: ReadonlySet<string>; port: number },
): Promise<FastifyInstance> {
  const { api, page, token, patience = 10_000, onInternalError = () => undefined } = options;
  const app = fastify({
    bodyLimit: mebibyte,
    // Time for a whole request to arrive; the answer may take as long as a benchmark does.
    requestTimeout: 30_000,
    // Whoever sends a head bit by bit holds one of few connections.
    http: { headersTimeout: patience, connectionsCheckingInterval: Math.ceil(patience / 4) },
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => {
      // No hook runs for an unreadable address, so nobody else ends a socket that asked to upgrade.
      reply.raw.once("finish", () => {
        request.raw.socket.destroySoon();
      });
      void refuse(reply.headers(securityHeaders), 400, "That address cannot be read.");
    },
  });
  app.server.maxConnections = connectionLimit;
  const sessions = createSessions();
  const port = () => listening().port;
  const now = () => performance.now();
  const door: Door = { token, sessions, attempts: createAttempts(), port, now };

  answerErrors(app, onInternalError);
  // Before the gate: it marks upgrades first, and ends the sockets of those that the gate refuses.
  await app.register(fastifyWebsocket, {
    options: { maxPayload: 1024, perMessageDeflate: false },
    preClose: endWebSockets,
  });
  guard(app, { hosts: () => listening().hosts, port, sessions });
  readJsonBodies(app);
  acceptToken(app, door);
  answerCommands(app, api, onInternalError);
  streamEvents(app, api);
  await servePage(app, page);
  return app;
}

/** Throws `usage` when the page was not built or the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  const token = options.token ?? createSecret();
  if (!existsSync(join(options.page, "index.html"))) {
    throw new Problem(
      "usage",
      `The page is not built: ${options.page} has no index.html. Run «npm start», which builds it.`,
    );
  }
  const own = ownNames();
  let listening: { hosts: ReadonlySet<string>; port: number } = { hosts: new Set(), port: 0 };
  const app = await buildServer({ ...options, token }, () => listening);
  try {
    await app.listen({ host, port: options.port });
  } catch (thrown) {
    await app.close();
    throw listenProblem(thrown, host, options.port);
  }
  const bound = app.server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : options.port;
  listening = { hosts: allowedHosts({ host, port, own }), port };
  const address = `http://${authority(shownHost({ host, own }), port)}/#token=${token}`;
  return { address, port, token, close: () => app.close() };
}
