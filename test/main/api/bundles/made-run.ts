/** A run that was trained, and its bundle: made once for the tests of a file. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Api } from "../../../../main/api/api.ts";
import { openApi } from "../../../../main/api/open.ts";
import { createClient, type Client } from "../../../../main/contract/client.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { smallSpecification } from "../../../support/small-specification.ts";

export interface MadeRun {
  api: Api;
  client: Client;
  home: string;
  id: string;
  /** The bundle's path and bytes. */
  path: string;
  bytes: Buffer;
}

/** Called at the top of a test file; the run is there in its tests. */
export function madeRun(specification: Specification = smallSpecification()): MadeRun {
  const made = {} as MadeRun;
  beforeAll(async () => {
    const home = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
    const api = await openApi({ home });
    const client = createClient(api);
    const { id } = await trained(api, client, specification);
    const path = join(home, "made.ganrun");
    await client.runs.bundle({ id, path });
    Object.assign(made, { api, client, home, id, path, bytes: readFileSync(path) });
  }, 60_000);
  afterAll(async () => {
    await made.api.close();
    rmSync(made.home, { recursive: true, force: true });
  });
  return made;
}

/** Resolves with the run's summary when it has come to its end. */
async function trained(api: Api, client: Client, specification: Specification) {
  const { id } = await client.runs.start({ specification, engine: "wasm" });
  return new Promise<Awaited<ReturnType<Client["runs"]["rename"]>>>((resolve, reject) => {
    const stop = api.subscribe("run.changed", (run) => {
      if (run.id !== id || (run.status !== "finished" && run.status !== "failed")) return;
      stop();
      if (run.status === "finished") resolve(run);
      else reject(new Error(run.reason ?? "failed"));
    });
  });
}
