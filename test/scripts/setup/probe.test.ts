/** Whether a host answers. */
import { once } from "node:events";
import { createServer as createPlainServer } from "node:net";
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { hostAnswers } from "../../../scripts/setup/probe.mjs";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("a host", () => {
  it("answers, even by a refusal", async () => {
    const address = await listen(
      createServer((_request, response) => {
        response.writeHead(403).end();
      }),
    );
    await expect(hostAnswers(address, 5, {})).resolves.toBe(true);
  });

  it("that takes the call and says nothing does not answer", async () => {
    const address = await listen(
      createPlainServer((socket) => socket.on("error", () => undefined).unref()),
    );
    await expect(hostAnswers(address, 0.2, {})).resolves.toBe(false);
  });

  it("that refuses the call does not answer", async () => {
    const server = createServer();
    const address = await listen(server);
    server.close();
    await once(server, "close");
    await expect(hostAnswers(address, 5, {})).resolves.toBe(false);
  });

  it("whose address is nonsense does not answer", async () => {
    await expect(hostAnswers("nonsense", 5, {})).resolves.toBe(false);
  });
});
