/** A run from one history to another in one file, with real sessions in real processes. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { finiteOrText } from "../../../../main/api/bundles/evaluations.ts";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import { filesOf, manifestOf, partsOf, withManifest } from "../../../support/bundle-file.ts";
import { evaluationExample } from "../../../support/evaluation.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { zipFile } from "../../../support/zip-file.ts";
import { madeRun } from "./made-run.ts";

const made = madeRun();

async function elsewhere(home = temporaryFolder()) {
  const api = await openApi({ home });
  onTestFinished(() => api.close());
  return { api, home, client: createClient(api) };
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("a bundle", () => {
  it("is one file whose bytes depend on the run alone", async () => {
    const path = join(temporaryFolder(), "again.ganrun");
    const { client, id, bytes } = made;
    const written = await client.runs.bundle({ id, path });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    // Without evaluations it is one that older versions read.
    expect(manifestOf(partsOf(bytes))).toMatchObject({ version: 1 });
    expect(manifestOf(partsOf(bytes))).not.toHaveProperty("evaluations");
    expect(written).toMatchObject({ bytes: bytes.length, checkpoints: 2, samples: 3, leftOut: [] });
    expect(written.sha256).toBe(sha256(path));
  });

  it("takes the tags of a run along, and leaves out what can be no tag", async () => {
    const written = withManifest(partsOf(made.bytes), (manifest) => {
      Object.assign(manifest.run, { tags: [" wide  net ", "WIDE NET", "a,b", "\u202eevil", "b"] });
    });
    const path = join(temporaryFolder(), "tagged.ganrun");
    writeFileSync(path, zipFile(filesOf(written)));
    const there = await elsewhere();
    const { run } = await there.client.runs.import({ path });
    expect(run.tags).toEqual(["b", "wide net"]);
    const again = join(temporaryFolder(), "again.ganrun");
    await there.client.runs.bundle({ id: run.id, path: again });
    const { client } = await elsewhere();
    expect((await client.runs.import({ path: again })).run.tags).toEqual(["b", "wide net"]);
  });

  it("replaces a file only when it is told to", async () => {
    const path = join(temporaryFolder(), "mine.ganrun");
    writeFileSync(path, "mine");
    const { client, id } = made;
    await expect(client.runs.bundle({ id, path })).rejects.toMatchObject({ code: "file.exists" });
    expect(readFileSync(path, "utf8")).toBe("mine");
    await client.runs.bundle({ id, path, overwrite: true });
    expect(sha256(path)).toBe(sha256(made.path));
  });

  it("leaves nothing where it cannot be written", async () => {
    const { client, id } = made;
    const folder = temporaryFolder();
    const path = join(folder, "missing", "x.ganrun");
    await expect(client.runs.bundle({ id, path })).rejects.toMatchObject({
      code: "file.unwritable",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is handed out in parts with the same bytes", async () => {
    const { client, id, bytes } = made;
    const { ticket, name, bytes: length } = await client.bundles.open({ id });
    expect([name, length]).toEqual([`${id}.ganrun`, bytes.length]);
    const parts = [await client.bundles.read({ ticket, at: 0 })];
    parts.push(await client.bundles.read({ ticket, at: parts[0]!.bytes.length }));
    expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
    const { bytes: middle } = await client.bundles.read({ ticket, at: 1000 });
    expect(Buffer.from(middle).equals(bytes.subarray(1000))).toBe(true);
    expect(await client.bundles.close({ ticket })).toEqual({ closed: true });
    await expect(client.bundles.read({ ticket, at: 0 })).rejects.toMatchObject({
      code: "run.state",
    });
  });

  it("of the last checkpoint alone is smaller, and still goes on", async () => {
    const path = join(temporaryFolder(), "last.ganrun");
    const written = await made.client.runs.bundle({ id: made.id, path, last: true });
    expect(written).toMatchObject({ checkpoints: 1, samples: 3 });
    expect(written.bytes).toBeLessThan(made.bytes.length);
    const { client } = await elsewhere();
    expect(await client.runs.import({ path })).toMatchObject({ outcome: "imported", step: 8 });
  });
});

describe("an imported run", () => {
  it("is the run that it was, down to the last bit, and is drawn again identically", async () => {
    const { client, home } = await elsewhere();
    const imported = await client.runs.import({ path: made.path });
    expect(imported).toMatchObject({ outcome: "imported", step: 8, difference: 0, advice: null });
    const [here, there] = await Promise.all([
      client.runs.get({ id: made.id }),
      made.client.runs.get({ id: made.id }),
    ]);
    expect(here.events.at(-1)).toMatchObject({ kind: "imported" });
    expect(here.events.at(-1)?.detail).toContain("identical");
    expect({ ...here, events: here.events.slice(0, -1) }).toEqual({
      ...there,
      run: { ...there.run, updatedAt: here.run.updatedAt },
      // The log of what happened is longer by a line.
      bytes: here.bytes,
    });
    expect(await client.runs.measurements({ id: made.id })).toEqual(
      await made.client.runs.measurements({ id: made.id }),
    );
    const file = join("runs", made.id, "checkpoints", "step-000000008.safetensors");
    expect(sha256(join(home, file))).toBe(sha256(join(made.home, file)));
    expect(existsSync(join(home, "arrivals", made.id))).toBe(false);
  });

  it("brings its evaluations along, and gives them on", async () => {
    const { client } = await elsewhere();
    const evaluations = [
      { ...evaluationExample(1, 9), step: 4, remarks: ["Young.\u001b[31m"] },
      { ...evaluationExample(2, NaN), step: 8 },
    ];
    const path = join(temporaryFolder(), "evaluated.ganrun");
    const parts = withManifest(partsOf(made.bytes), (manifest) => ({
      ...manifest,
      ...{
        version: 2,
        evaluations: JSON.parse(JSON.stringify(evaluations, finiteOrText)) as unknown,
      },
    }));
    writeFileSync(path, zipFile(filesOf(parts)));
    const { id } = (await client.runs.import({ path })).run;
    const { evaluations: kept } = await client.runs.evaluations({ id });
    expect(kept).toEqual([{ ...evaluations[0], remarks: ["Young.\ufffd[31m"] }, evaluations[1]]);

    const again = join(temporaryFolder(), "again.ganrun");
    await client.runs.bundle({ id, path: again });
    expect(manifestOf(partsOf(readFileSync(again))).version).toBe(2);
    const third = await elsewhere();
    await third.client.runs.import({ path: again });
    expect((await third.client.runs.evaluations({ id })).evaluations).toEqual(kept);
  });

  it("is shown, sampled and trained on as any other", async () => {
    const { client, api } = await elsewhere();
    await client.runs.import({ path: made.path });
    const { id } = made;
    const { png } = await client.runs.sampleImage({ id, step: 4 });
    expect(png).toEqual((await made.client.runs.sampleImage({ id, step: 4 })).png);
    const drawn = await client.runs.generate({ id, count: 3, seed: 5 });
    expect(drawn).toEqual(await made.client.runs.generate({ id, count: 3, seed: 5 }));
    const ended = new Promise<number>((resolve) => {
      api.subscribe("run.changed", (run) => {
        if (run.status === "finished" || run.status === "failed") resolve(run.step);
      });
    });
    await client.runs.resume({ id, epochs: 3, engine: "wasm" });
    expect(await ended).toBe(12);
  });

  it("is not taken in twice, and keeps the other run when its id is taken", async () => {
    const { client } = await elsewhere();
    await client.runs.import({ path: made.path });
    const again = await client.runs.import({ path: made.path });
    expect(again).toMatchObject({ outcome: "known", run: { id: made.id } });
    expect((await client.runs.list({})).total).toBe(1);
    // The run here goes on: what the bundle holds is another one by now.
    await client.runs.resume({ id: made.id, epochs: 3, engine: "wasm" });
    await client.runs.stop({ id: made.id }).catch(() => undefined);
    const second = await client.runs.import({ path: made.path });
    expect(second).toMatchObject({ outcome: "imported", formerId: made.id });
    expect(second.run.id).toMatch(new RegExp(`^${made.id}-[0-9a-f]{6}$`));
    const third = await client.runs.import({ path: made.path });
    expect(third).toMatchObject({ outcome: "known", run: { id: second.run.id } });
    expect((await client.runs.list({})).total).toBe(2);
  });

  it("of data that is not here says so, and takes a data set of this machine instead", async () => {
    const parts = withManifest(partsOf(made.bytes), ({ run }) => {
      const { data } = run.specification;
      data.source = { kind: "idx", path: "/no/such/digits" };
    });
    const path = join(temporaryFolder(), "moved.ganrun");
    writeFileSync(path, zipFile(filesOf(parts)));
    const { client } = await elsewhere();
    const imported = await client.runs.import({ path });
    expect(imported).toMatchObject({ outcome: "imported", difference: 0 });
    expect(imported.advice).toContain("can be looked at but not trained on");
    const { id } = imported.run;
    await expect(client.runs.resume({ id, epochs: 3, engine: "wasm" })).rejects.toMatchObject({
      code: "data.missing",
    });
    const data = { kind: "digits", count: 64, seed: 1 } as const;
    expect(await client.runs.import({ path, data })).toMatchObject({
      ...{ outcome: "updated", advice: null, run: { id } },
    });
    expect((await client.runs.get({ id })).specification.data.source).toEqual(data);
    expect((await client.runs.list({})).total).toBe(1);
    const missing = { kind: "idx", path: "/no/such/file" } as const;
    await expect(client.runs.import({ path, data: missing })).rejects.toMatchObject({
      code: "data.missing",
    });
  });

  it("is not taken in beside itself in the bin", async () => {
    const { client } = await elsewhere();
    await client.runs.import({ path: made.path });
    await client.runs.delete({ id: made.id });
    await expect(client.runs.import({ path: made.path })).rejects.toMatchObject({
      code: "run.state",
      message: expect.stringContaining("bin") as string,
    });
  });

  it("can be called off, and leaves nothing then", async () => {
    const { client, api, home } = await elsewhere();
    const stages = new Set<string>();
    api.subscribe("bundle.progress", ({ stage, path }) => {
      stages.add(stage);
      if (stage === "comparing") void client.runs.cancelBundle({ path });
    });
    await expect(client.runs.import({ path: made.path })).rejects.toMatchObject({
      code: "bundle.cancelled",
    });
    expect([...stages]).toEqual(["unpacking", "comparing"]);
    expect((await client.runs.list({})).total).toBe(0);
    expect(readdirSync(join(home, "arrivals"))).toEqual([]);
    expect(existsSync(join(home, "runs", made.id))).toBe(false);
  });

  it("whose import was killed between its steps is gone at the next start, or whole", async () => {
    const program = fileURLToPath(new URL("import-program.ts", import.meta.url));
    for (const [failpoint, runs] of [
      ["import.before", 0],
      ["import.moved", 0],
      ["import.after", 1],
    ] as const) {
      const home = temporaryFolder();
      const environment = { ...process.env, GAN_STUDIO_FAILPOINT: failpoint };
      const words = [program, home, made.path];
      const { signal } = spawnSync(process.execPath, words, { env: environment });
      expect(signal, failpoint).toBe("SIGKILL");
      const { client } = await elsewhere(home);
      expect((await client.runs.list({})).total, failpoint).toBe(runs);
      expect(readdirSync(join(home, "arrivals"))).toEqual([]);
      expect(existsSync(join(home, "runs", made.id)), failpoint).toBe(runs === 1);
      if (failpoint !== "import.moved") continue;
      await client.runs.import({ path: made.path });
      expect((await client.runs.list({})).total).toBe(1);
    }
  }, 60_000);
});

describe("a run whose files are damaged", () => {
  it("is bundled without them, and says which", async () => {
    const { client, home } = await elsewhere();
    await client.runs.import({ path: made.path });
    const folder = join(home, "runs", made.id);
    rmSync(join(folder, "samples", "step-000000004.png"));
    writeFileSync(join(folder, "checkpoints", "step-000000008.safetensors"), "damaged");
    const path = join(temporaryFolder(), "rest.ganrun");
    const written = await client.runs.bundle({ id: made.id, path, last: true });
    expect(written).toMatchObject({
      ...{ checkpoints: 1, samples: 2 },
      leftOut: ["samples/step-000000004.png", "checkpoints/step-000000008.safetensors"],
    });
    const other = await elsewhere();
    expect(await other.client.runs.import({ path })).toMatchObject({
      ...{ outcome: "imported", step: null, difference: null },
    });
  });
});
