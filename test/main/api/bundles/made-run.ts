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
import { trainedRun } from "../../../support/trained-run.ts";

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
    const { id } = await trainedRun(api, specification);
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
