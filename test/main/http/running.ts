/** A real server on a free port with a small page folder, and requests whose every header is chosen. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer, type RunningServer, type ServerOptions } from "../../../main/http/server.ts";
import { createFakeApi, type FakeApi } from "../../support/fake-api.ts";
import type { Handlers } from "../../../main/contract/commands.ts";

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Running extends RunningServer {
  api: FakeApi;
  errors: unknown[];
  page: string;
  host: string;
  origin: string;
  ask(
    method: string,
    path: string,
    headers?: OutgoingHttpHeaders,
    body?: string | Buffer,
  ): Promise<Answer>;
  /** Shows the token and gives the cookie for further requests. */
  enter(): Promise<string>;
}

export async function run(
  answers: Partial<Handlers> = {},
  options: Pick<ServerOptions, "patience"> = {},
): Promise<Running> {
  const page = await mkdtemp(join(tmpdir(), "gan-studio-page-"));
  await mkdir(join(page, "assets"));
  await writeFile(join(page, "index.html"), "<!doctype html><title>GAN Studio</title>");
  await writeFile(join(page, "assets", "index-abc123.js"), "export {};");
  await writeFile(join(`${page}-evil`), "outside");
  const api = createFakeApi(answers);
  const errors: unknown[] = [];
  const onInternalError = (thrown: unknown) => errors.push(thrown);
  const server = await startServer({ api, port: 0, page, onInternalError, ...options });
  const host = `127.0.0.1:${server.port}`;

  const ask: Running["ask"] = (method, path, headers = {}, body) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port: server.port, method, path, agent: false });
      for (const [name, value] of Object.entries({ host, ...headers })) {
        if (value === undefined) asked.removeHeader(name);
        else asked.setHeader(name, value);
      }
      asked.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      });
      asked.on("upgrade", (response, socket) => {
        socket.destroy();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: "" });
      });
      asked.on("error", reject);
      asked.end(body);
    });

  return {
    ...server,
    api,
    errors,
    page,
    host,
    origin: `http://${host}`,
    ask,
    async enter() {
      const body = JSON.stringify({ token: server.token });
      const answer = await ask(
        "POST",
        "/api/session",
        { "content-type": "application/json" },
        body,
      );
      return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    },
    async close() {
      await server.close();
      await rm(page, { recursive: true });
      await rm(`${page}-evil`);
    },
  };
}

export const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};
