/** A running server with a session, and commands that answer, fail, and break. */
import { Problem } from "../../../main/spec/problem.ts";
import { runSummary } from "../../support/fake-api.ts";
import { run, type Running } from "./running.ts";

export const json = { "content-type": "application/json" };

export interface WithSession {
  server: Running;
  cookie: string;
  /** Asks as the page does; `headers` go over its own. */
  invoke: (command: string, payload: unknown, headers?: object) => ReturnType<Running["ask"]>;
}

export async function runWithSession(): Promise<WithSession> {
  const server = await run({
    "runs.list": () => ({
      runs: [runSummary({ losses: { generator: NaN, discriminator: -Infinity } })],
      total: 1,
    }),
    "runs.sampleImage": () => ({ png: new Uint8Array([1, 2, 255]) }),
    "runs.get": () => {
      throw new Problem("run.unknown", "There is no run «x».");
    },
    "datasets.list": () => {
      throw new Error("secret detail");
    },
  });
  const cookie = await server.enter();
  const invoke: WithSession["invoke"] = (command, payload, headers = {}) =>
    server.ask(
      "POST",
      "/api/invoke",
      { ...json, cookie, origin: server.origin, ...headers },
      JSON.stringify({ command, payload }),
    );
  return { server, cookie, invoke };
}
