/** The two things that a page may post: its token, once, and commands. Both bodies are JSON. */
import type { FastifyInstance } from "fastify";
import * as v from "valibot";
import type { Api } from "../api/api.ts";
import { decode, encode } from "../contract/wire.ts";
import { Problem, reportOf } from "../spec/problem.ts";
import type { Attempts } from "./attempts.ts";
import { refuse } from "./refusing.ts";
import { sameSecret } from "./secrets.ts";
import type { Sessions } from "./sessions.ts";
import { statusOf } from "./status.ts";

const tokenSchema = v.strictObject({ token: v.pipe(v.string(), v.maxLength(200)) });
const invocationSchema = v.strictObject({
  command: v.pipe(v.string(), v.maxLength(100)),
  payload: v.unknown(),
});

export interface Door {
  token: string;
  sessions: Sessions;
  attempts: Attempts;
  port: () => number;
  /** Milliseconds of a clock that does not run backwards. */
  now: () => number;
}

const json = "application/json; charset=utf-8";

/** Reads JSON in the wire encoding; anything that is not becomes `usage`. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, decode(String(body)));
    } catch {
      done(new Problem("usage", "The body of the request is not readable JSON."));
    }
  });
}

export function acceptToken(app: FastifyInstance, door: Door): void {
  app.post("/api/session", { config: { public: true } }, (request, reply) => {
    const wait = door.attempts.waitOf(request.ip, door.now());
    if (wait > 0) {
      reply.header("retry-after", String(wait));
      return refuse(reply, 429, `Too many wrong tokens; try again in ${wait} seconds.`);
    }
    const body = v.safeParse(tokenSchema, request.body);
    if (!body.success || !sameSecret(body.output.token, door.token)) {
      door.attempts.failed(request.ip, door.now());
      return refuse(reply, 401, "That is not the token that GAN Studio printed when it started.");
    }
    return reply.header("set-cookie", door.sessions.open(door.port())).code(204).send();
  });
}

export function answerCommands(
  app: FastifyInstance,
  api: Pick<Api, "dispatch">,
  onInternalError: (thrown: unknown) => void,
): void {
  app.post("/api/invoke", async (request, reply) => {
    reply.type(json);
    try {
      const body = v.safeParse(invocationSchema, request.body);
      if (!body.success) {
        throw new Problem("usage", "A command is sent as {command, payload}, and nothing else.");
      }
      const { command, payload } = body.output;
      return encode({ result: await api.dispatch(command, payload) });
    } catch (thrown) {
      if (!(thrown instanceof Problem)) onInternalError(thrown);
      const error = reportOf(thrown);
      return reply.code(statusOf(error.code)).send(encode({ error }));
    }
  });
}
