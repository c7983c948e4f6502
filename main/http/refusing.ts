/**
 * The gate in front of every route, registered before any of them. A new route needs a session unless
 * it says `public`, so that forgetting to protect one is not possible.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import { securityHeaders } from "./headers.ts";
import { refusalOf } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answered without a session: the page itself, and the exchange of the token. */
    public?: boolean;
  }
}

export const eventsPath = "/api/events";

export interface Gate {
  /** Known only after the server listens. */
  hosts: () => ReadonlySet<string>;
  port: () => number;
  sessions: Sessions;
}

/** Answers with `access.denied` or `usage`, and no word about what is behind the gate. */
export const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).send({ error: { code: status === 400 ? "usage" : "access.denied", message } });

export function guard(app: FastifyInstance, { hosts, port, sessions }: Gate): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    const isApi = /^\/+api(\/|$)/i.test(request.url);
    if (isApi) reply.header("cache-control", "no-store");
    const { url, headers, rawHeaders } = request.raw;
    const isWebSocket = headers.upgrade !== undefined;
    const refusal = refusalOf({ url: url ?? "", headers, rawHeaders, isApi, isWebSocket }, hosts());
    if (refusal) return refuse(reply, refusal.status, refusal.message);
    if (isWebSocket && request.routeOptions.url !== eventsPath) {
      return refuse(reply, 404, "There are no events at this address.");
    }
    // What no route answers is judged like a route of its part of the tree.
    const open = request.is404 ? !isApi : request.routeOptions.config.public === true;
    if (!open && !sessions.accepts(headers.cookie, port())) {
      return refuse(reply, 401, "Open the address that GAN Studio printed when it started.");
    }
    return undefined;
  });
}
