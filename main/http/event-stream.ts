/** All events to every page that listens, over a WebSocket on which pages say nothing. */
import type { WebSocket } from "@fastify/websocket";
import type { FastifyInstance } from "fastify";
import type { Api } from "../api/api.ts";
import { eventNames } from "../contract/events.ts";
import { encode } from "../contract/wire.ts";
import { eventsPath } from "./refusing.ts";
import { createOutlet, type Outlet } from "./outlet.ts";

/** A page that a network took away is noticed within two of these. */
const heartbeatMilliseconds = 30_000;
const nothingToSay = 1008;

export function streamEvents(app: FastifyInstance, api: Pick<Api, "subscribe">): void {
  const outlets = new Map<WebSocket, Outlet>();

  const stops = eventNames.map((event) =>
    api.subscribe(event, (detail) => {
      if (outlets.size === 0) return;
      const text = encode({ event, detail });
      for (const outlet of outlets.values()) outlet.offer(event, detail, text);
    }),
  );
  app.addHook("preClose", (done) => {
    for (const stop of stops) stop();
    done();
  });

  app.get(eventsPath, { websocket: true }, (socket) => {
    let answered = true;
    const heartbeat = setInterval(() => {
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
    }, heartbeatMilliseconds);
    socket.on("pong", () => {
      answered = true;
    });
    socket.on("message", () => {
      socket.close(nothingToSay, "events only");
    });
    socket.on("close", () => {
      clearInterval(heartbeat);
      outlets.delete(socket);
    });
    outlets.set(socket, createOutlet(socket));
  });
}

/** Upgraded connections are no longer the HTTP server's, so it does not end them. */
export function endWebSockets(this: FastifyInstance, done: () => void): void {
  for (const client of this.websocketServer.clients) {
    client.close(1001, "closing");
    setTimeout(() => {
      client.terminate();
    }, 500).unref();
  }
  this.websocketServer.close();
  done();
}
