/** Bundles that are damaged, or made to deceive: each must be refused with a sentence, and nothing be left of it. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import type { Api } from "../../../../main/api/api.ts";
import { openApi } from "../../../../main/api/open.ts";
import { nodeSessionHost } from "../../../../main/api/sessions/node-host.ts";
import type { Manifest } from "../../../../main/api/bundles/manifest.ts";
import { Problem, type ProblemCode } from "../../../../main/spec/problem.ts";
import { filesOf, partsOf, withManifest } from "../../../support/bundle-file.ts";
import { zipFile } from "../../../support/zip-file.ts";
import { madeRun } from "./made-run.ts";

export const checkpoint = "checkpoints/step-000000008.safetensors";
export const sheet = "samples/step-000000008.png";

/** A run's bundle, and a history that it is imported into after a test has changed it. Called at a file's top. */
export function hostileImports() {
  const made = madeRun();
  const home = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
  let api: Api;
  let sessions = 0;

  beforeAll(async () => {
    const inner = nodeSessionHost();
    const start = () => {
      sessions++;
      return inner.start();
    };
    api = await openApi({ home, sessions: { start } });
  });
  afterAll(async () => {
    await api.close();
    rmSync(home, { recursive: true, force: true });
  });

  const parts = () => partsOf(made.bytes);

  /** What an import said; it must have left nothing behind, wherever it ended. */
  async function refusal(bundle: Uint8Array): Promise<{ code: ProblemCode; message: string }> {
    const path = join(home, "hostile.ganrun");
    writeFileSync(path, bundle);
    try {
      await api.invoke("runs.import", { path });
      throw new Error("It was imported.");
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      expect((await api.invoke("runs.list", {})).total).toBe(0);
      for (const folder of ["arrivals", "runs"]) {
        const left = readdirSync(home).includes(folder) ? readdirSync(join(home, folder)) : [];
        expect(left, thrown.message).toEqual([]);
      }
      expect(thrown.message).toMatch(/^[^\n\p{Cc}]+\.$/u);
      return { code: thrown.code, message: thrown.message };
    }
  }

  /** Refused before anything of it was given to another process. */
  async function expectRefused(bundle: Uint8Array, words: RegExp | string): Promise<void> {
    const before = sessions;
    expect(await refusal(bundle)).toMatchObject({
      code: "bundle.invalid",
      message: expect.stringMatching(words) as string,
    });
    expect(sessions).toBe(before);
  }

  const changed = (change: (manifest: Manifest) => unknown) =>
    zipFile(filesOf(withManifest(parts(), change)));

  return { made, home, parts, refusal, expectRefused, changed, api: () => api };
}
