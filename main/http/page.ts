/**
 * The built page's files, for anyone who may speak to this server. Exactly the files that are there
 * when it starts: no path of a request is ever joined to a folder.
 */
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { cacheControlOf } from "./headers.ts";

export async function servePage(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(async (open) => {
    open.addHook("onRoute", (route) => {
      route.config = { ...route.config, public: true };
    });
    await open.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header("cache-control", cacheControlOf(path));
      },
    });
  });
}
