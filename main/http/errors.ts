/** Answers to what is wrong with a request itself, before any command sees it. No stack traces. */
import type { FastifyError, FastifyInstance } from "fastify";
import { Problem } from "../spec/problem.ts";

const sentences: Readonly<Record<number, string>> = {
  413: "The request is larger than 1 MiB.",
  415: "Requests are sent as application/json.",
};

export function answerErrors(
  app: FastifyInstance,
  onInternalError: (thrown: unknown) => void,
): void {
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .send({ error: { code: "usage", message: "There is nothing at this address." } }),
  );
  app.setErrorHandler((error: FastifyError | Problem, _request, reply) => {
    if (error instanceof Problem) {
      return reply.code(400).send({ error: { code: error.code, message: error.message } });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const message = sentences[status] ?? "The request cannot be read.";
      return reply.code(status).send({ error: { code: "usage", message } });
    }
    onInternalError(error);
    const message = "Something went wrong inside GAN Studio.";
    return reply.code(status).send({ error: { code: "internal", message } });
  });
}
