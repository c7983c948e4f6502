/** Runs that are trained again. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { engines } from "../../../support/engines.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { openReal, tangledSpecification, type Mode } from "./real-runs.ts";

const wasm: Mode = { engine: "wasm" };

/** Changes the database of a data folder that is not open. */
function tamper(home: string, change: (database: Database.Database) => void): void {
  const database = new Database(join(home, "studio.db"));
  change(database);
  database.close();
}

describe("a run that is trained again", () => {
  for (const { name, title, missing } of engines) {
    it.skipIf(missing)(
      `is equal, with its live changes replayed and whatever interrupted it, ${title}`,
      async () => {
        const { api, client, home, finished, pausedAfter } = await openReal();
        const id = await pausedAfter(3, tangledSpecification(), { engine: name });
        await client.runs.set({ id, discriminatorSteps: 2 });
        await client.runs.set({ id, learningRates: { discriminator: 0.0007 } });
        await client.runs.stop({ id });
        await finished(() => client.runs.resume({ id, engine: name }));
        const told: number[] = [];
        const stop = api.subscribe("run.reproducing", ({ step, totalSteps }) => {
          expect(totalSteps).toBe(11);
          told.push(step);
        });
        const result = await client.runs.reproduce({ id });
        expect(result).toEqual({
          ...{ id, outcome: "equal", from: 0, step: 11, measured: 11 },
          // Epochs end at 5, 7, 9 and 11.
          ...{ checkpoints: 4, difference: null, caveats: [] },
        });
        stop();
        // Kept, so that it is told after a page was closed meanwhile.
        expect((await client.runs.get({ id })).events.at(-1)).toMatchObject({
          ...{ kind: "reproduced", step: 11 },
          detail: "Equal in all 11 steps: 11 measured steps and 4 checkpoints compared.",
        });
        expect(told.at(-1)).toBe(11);
        expect(existsSync(join(home, "reproductions", id))).toBe(false);
        expect((await client.runs.list({})).total).toBe(1);

        const child = await finished(() => client.runs.fork({ id, epoch: 2 }));
        expect(await client.runs.reproduce({ id: child, steps: 2 })).toMatchObject({
          ...{ outcome: "equal", from: 7, step: 9, measured: 2 },
        });
      },
    );
  }

  it("tells the first step and measure that differ, and by how much", async () => {
    const home = temporaryFolder();
    const first = await openReal(home);
    const id = await first.train(tangledSpecification({ epochs: 2 }), wasm);
    const { values } = await first.client.runs.measurements({ id });
    await first.api.close();
    tamper(home, (database) => {
      const row = database
        .prepare<[], { measured: Buffer }>("SELECT measured FROM measurements WHERE step = 7")
        .get();
      row?.measured.writeDoubleLE(0.5, 16);
      database.prepare("UPDATE measurements SET measured = ? WHERE step = 7").run(row?.measured);
    });
    const { client } = await openReal(home);
    expect(await client.runs.reproduce({ id, steps: 6 })).toMatchObject({ outcome: "equal" });
    const { outcome, difference } = await client.runs.reproduce({ id });
    expect(outcome).toBe("different");
    expect(difference).toEqual({
      ...{ step: 7, measure: "scoreReal", then: 0.5, now: values.scoreReal[6] },
    });
    const [before, now] = (await client.runs.get({ id })).events.slice(-2);
    expect([before?.kind, now?.kind]).toEqual(["reproduced", "not reproduced"]);
    expect(now?.detail).toMatch(/^Different from step 7 on: scoreReal was 0\.5 and is /);
  });

  it("tells weights that differ though nothing that was measured does, and damage apart from that", async () => {
    const home = temporaryFolder();
    const first = await openReal(home);
    const id = await first.train(tangledSpecification({ epochs: 2 }), wasm);
    await first.api.close();
    const path = (step: string) =>
      join(home, "runs", id, "checkpoints", `step-00000000${step}.safetensors`);
    const last = join(home, "runs", id, "checkpoints", "step-000000010.safetensors");
    const bytes = readFileSync(last);
    bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1;
    writeFileSync(last, bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    tamper(home, (database) => {
      database.prepare("UPDATE checkpoints SET sha256 = ? WHERE step = 10").run(sha256);
    });
    writeFileSync(path("5"), "nothing");
    const { client } = await openReal(home);
    const result = await client.runs.reproduce({ id });
    expect(result).toMatchObject({
      ...{ outcome: "different", checkpoints: 1 },
      difference: { step: 10, measure: "checkpoint", then: null, now: null },
    });
    expect(result.caveats).toEqual(["The checkpoint of step 5 is damaged and was not compared."]);
  });

  it("says why the same numbers cannot be expected where something else computes", async () => {
    const home = temporaryFolder();
    const first = await openReal(home);
    const id = await first.train(tangledSpecification({ epochs: 1 }), wasm);
    await first.api.close();
    tamper(home, (database) => {
      database
        .prepare("UPDATE sittings SET surroundings = json_set(surroundings, '$.threads', 64)")
        .run();
    });
    const { client } = await openReal(home);
    const { outcome, caveats } = await client.runs.reproduce({ id });
    expect(outcome).toBe("equal");
    expect(caveats).toEqual([
      expect.stringContaining("the number of threads (64 then, 1 now)") as string,
    ]);
  });

  it("can be cancelled, and is refused while the run trains or has trained nothing", async () => {
    const { client, pausedAfter, finished } = await openReal();
    const id = await pausedAfter(1, tangledSpecification(), wasm);
    await expect(client.runs.reproduce({ id })).rejects.toMatchObject({ code: "run.state" });
    await finished(() => client.runs.continue({ id }));
    expect(await client.runs.cancelReproduce({ id })).toEqual({ cancelled: false });
    const reproduced = client.runs.reproduce({ id });
    await expect(client.runs.reproduce({ id })).rejects.toMatchObject({ code: "run.state" });
    expect(await client.runs.cancelReproduce({ id })).toEqual({ cancelled: true });
    expect(await reproduced).toMatchObject({ outcome: "cancelled" });
    await expect(client.runs.reproduce({ id: "none" })).rejects.toMatchObject({
      code: "run.unknown",
    });
  });
});
