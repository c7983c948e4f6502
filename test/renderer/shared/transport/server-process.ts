/**
 * A server in a process of its own, for tests of the page's transport: this suite resolves packages
 * as a browser does, where the server's WebSocket library is an empty stub. Run by `fork`; it is told
 * what to answer and tells what it was asked.
 */
import { setTimeout as pause } from "node:timers/promises";
import fastifyWebsocket from "@fastify/websocket";
import fastify from "fastify";

export type Order =
  | { answer: { status: number; body: string } }
  /** A text to send to every open socket. */
  | { send: string }
  | { dropSockets: true };

export type Report = { port: number } | { asked: unknown } | { sockets: number };

const tell = (report: Report) => process.send?.(report);
const sockets = new Set<{ send(text: string): void; terminate(): void }>();
let answer = { status: 200, body: '{"result":{}}' };

const server = fastify();
await server.register(fastifyWebsocket);
server.post("/api/session", (request, reply) =>
  reply.code((request.body as { token: string }).token === "right" ? 204 : 401).send(),
);
server.post("/api/invoke", (request, reply) => {
  tell({ asked: request.body });
  return reply.code(answer.status).send(answer.body);
});
// Slower than any command: what is asked before it is open would be answered before it is.
const slow = { websocket: true, preValidation: () => pause(30) } as const;
server.get("/api/events", slow, (socket) => {
  sockets.add(socket);
  tell({ sockets: sockets.size });
  socket.on("close", () => {
    sockets.delete(socket);
    tell({ sockets: sockets.size });
  });
});

process.on("message", (order: Order) => {
  if ("answer" in order) answer = order.answer;
  else if ("send" in order) for (const socket of sockets) socket.send(order.send);
  else for (const socket of sockets) socket.terminate();
});
process.on("disconnect", () => process.exit());

const port = Number(process.argv[2] ?? 0);
await server.listen({ host: "127.0.0.1", port });
tell({ port: (server.server.address() as { port: number }).port });
