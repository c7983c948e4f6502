/** Exploring a run that was trained, with a real session in a real process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../../../../main/api/api.ts";
import { openApi } from "../../../../main/api/open.ts";
import { nodeSessionHost } from "../../../../main/api/sessions/node-host.ts";
import type { SessionProcess } from "../../../../main/api/sessions/host.ts";
import { createClient, type Client } from "../../../../main/contract/client.ts";
import { bytesOfVectors, vectorsOfBytes } from "../../../../main/contract/explore.ts";
import { cdcgan } from "../../../../main/spec/presets/cdcgan.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { scaledDown } from "../../../support/scaled-down.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { trainedRun } from "../../../support/trained-run.ts";

const home = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
const processes: SessionProcess[] = [];
let api: Api;
let client: Client;
/** A run without classes, with a validation part; and one with classes. */
let plain: string;
let conditional: string;

const trained = async (specification: Specification) => (await trainedRun(api, specification)).id;

beforeAll(async () => {
  const inner = nodeSessionHost();
  const start = () => {
    const process = inner.start();
    processes.push(process);
    return process;
  };
  api = await openApi({ home, sessions: { start } });
  client = createClient(api);
  const small = smallSpecification();
  plain = await trained({
    ...small,
    data: { ...small.data, training: 48, validation: 16 },
  });
  conditional = await trained({
    ...scaledDown(cdcgan.specification, 16),
    latent: { size: 100, distribution: "uniform" },
    data: { ...cdcgan.specification.data, source: { kind: "digits", count: 32, seed: 1 } },
    loop: { ...cdcgan.specification.loop, batchSize: 16, epochs: 1 },
  });
}, 60_000);
afterAll(async () => {
  await api.close();
  rmSync(home, { recursive: true, force: true });
});

const sample = (id: string, count: number, more = {}) =>
  client.explore.images({
    id,
    latent: { kind: "new", seed: 3, count, label: null, truncation: null, ...more },
  });

describe("new samples", () => {
  it("are those of the command line, with their vectors and D's scores", async () => {
    const drawn = await sample(plain, 5);
    expect(drawn).toMatchObject({ step: 6, epoch: 2, labels: null });
    const { pixels } = await client.runs.generate({ id: plain, count: 5, seed: 3 });
    expect(drawn.images.pixels).toEqual(pixels);
    expect(drawn.scores.every((score) => score > 0 && score < 1)).toBe(true);
    const again = await client.explore.images({
      id: plain,
      latent: { kind: "given", vectors: drawn.vectors, labels: null },
    });
    expect(again.images).toEqual(drawn.images);
    expect(again.scores).toEqual(drawn.scores);
  });

  it("come from the checkpoint that is asked for", async () => {
    const latent = { kind: "new", seed: 3, count: 2, label: null, truncation: null } as const;
    const early = await client.explore.images({ id: plain, step: 3, latent });
    expect(early).toMatchObject({ step: 3, epoch: 1 });
    expect(early.images.pixels).not.toEqual((await sample(plain, 2)).images.pixels);
  });

  it("are of one class, or of each in turn", async () => {
    expect((await sample(conditional, 12)).labels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
    expect((await sample(conditional, 3, { label: 7 })).labels).toEqual([7, 7, 7]);
  });

  it("stay within the truncation", async () => {
    const vectors = vectorsOfBytes((await sample(plain, 50, { truncation: 0.5 })).vectors);
    expect(vectors.every((value) => Math.abs(value) <= 0.5)).toBe(true);
    const { pixels } = await client.runs.generate({
      ...{ id: plain, count: 2, seed: 3, truncation: 0.5 },
    });
    expect(pixels).toEqual((await sample(plain, 2, { truncation: 0.5 })).images.pixels);
  });
});

describe("the way between two vectors", () => {
  it("has both ends, and plays there and back as a file", async () => {
    const { vectors, images } = await sample(plain, 2);
    const [from, to] = [vectors.slice(0, 32), vectors.slice(32)];
    const way = { id: plain, from, to, count: 6, label: null };
    const between = await client.explore.between(way);
    const size = 784;
    expect(between.images.count).toBe(6);
    expect(between.images.pixels.slice(0, size)).toEqual(images.pixels.slice(0, size));
    expect(between.images.pixels.slice(5 * size)).toEqual(images.pixels.slice(size));
    const { file } = await client.explore.animation({ ...way, format: "gif" });
    const found = await sharp(file, { animated: true }).metadata();
    expect(found).toMatchObject({ format: "gif", pages: 10, width: 252, pageHeight: 252 });
  });
});

describe("directions", () => {
  it("are of unit length, strongest first", async () => {
    const { directions, reason } = await client.explore.directions({ id: plain });
    expect([directions.length, reason]).toEqual([8, null]);
    for (const { vector } of directions) {
      expect(Math.hypot(...vectorsOfBytes(vector))).toBeCloseTo(1, 6);
    }
    const shares = directions.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });
});

describe("the nearest training images", () => {
  it("of a training image begin with itself, and images kept aside are the measure", async () => {
    const { pixels } = await client.datasets.preview({ id: "digits", count: 1 });
    const found = await client.explore.nearest({ id: plain, pixels });
    expect(found.places[0]).toBe(0);
    expect(found.distances[0]).toBe(0);
    expect(found.images.count).toBe(5);
    expect(found.images.pixels.slice(0, 784)).toEqual(pixels);
    expect(found.distances).toEqual([...found.distances].sort((a, b) => a - b));
    expect(found).toMatchObject({ compared: 48, training: 48 });
    expect(found.usual).toMatchObject({ of: "validation", count: 16 });
    expect(found.usual!.median).toBeGreaterThan(found.usual!.low);
  });

  it("are measured by other training images where none were kept aside", async () => {
    const { images } = await sample(conditional, 1);
    const { usual, labels } = await client.explore.nearest({
      id: conditional,
      pixels: images.pixels,
    });
    expect(usual).toMatchObject({ of: "training", count: 32 });
    expect(usual!.low).toBeGreaterThan(0);
    expect(labels).toHaveLength(5);
  });
});

describe("a search", () => {
  it("finds an image of the generator again, and tells how far it is", async () => {
    const { images } = await sample(plain, 1);
    const progress: number[] = [];
    const stop = api.subscribe("explore.searching", ({ id, done }) => {
      if (id === plain) progress.push(done);
    });
    const asked = { id: plain, pixels: images.pixels, label: null, seed: 1 };
    const found = await client.explore.search(asked);
    stop();
    expect(progress.at(-1)).toBe(200);
    expect(found.images.count).toBe(1);
    const first = await sample(plain, 1, { seed: 99 });
    const difference = first.images.pixels.reduce(
      (sum, byte, place) => sum + (byte - images.pixels[place]!) ** 2,
      0,
    );
    expect(found.distance).toBeLessThan(Math.sqrt(difference / 784) / 2);
  });

  it("answers with the best so far when it is called off, and nothing can be called off after it", async () => {
    const { images } = await sample(conditional, 1);
    const asked = { id: conditional, pixels: images.pixels, label: 4, seed: 1 };
    let last = 0;
    const stop = api.subscribe("explore.searching", ({ done }) => {
      last = done;
      void client.explore.cancelSearch({ id: conditional });
    });
    const found = await client.explore.search(asked);
    stop();
    expect(last).toBeLessThan(200);
    expect(found.labels).toEqual([4]);
    expect(await client.explore.cancelSearch({ id: conditional })).toEqual({ cancelled: false });
  });
});

describe("a session that dies", () => {
  it("is started anew by the next question", async () => {
    await sample(plain, 1);
    for (const process of processes) process.kill();
    await expect(
      // Asked while it dies, or after: either is answered or says so.
      sample(plain, 1).catch((thrown: unknown) => (thrown as { code: string }).code),
    ).resolves.toSatisfy((answer) => answer === "session.crashed" || typeof answer === "object");
    expect((await sample(plain, 1)).images.count).toBe(1);
  });
});

describe("what does not fit the run is refused with a sentence", () => {
  const vectors = (count: number, size: number) => bytesOfVectors(new Float32Array(count * size));
  const given = (id: string, bytes: Uint8Array, labels: number[] | null = null) =>
    client.explore.images({ id, latent: { kind: "given", vectors: bytes, labels } });

  it("vectors of another size, too many of them, and values that are no numbers", async () => {
    await expect(given(plain, vectors(1, 5))).rejects.toThrow(/have 8 numbers each; 5 were given/);
    await expect(given(plain, new Uint8Array(0))).rejects.toThrow(/8 numbers each; 0 were given/);
    await expect(given(plain, new Uint8Array(33))).rejects.toThrow(/8 numbers each/);
    await expect(given(plain, vectors(257, 8))).rejects.toThrow(/at most 256 .* not 257/);
    const broken = bytesOfVectors(new Float32Array(8).fill(NaN));
    await expect(given(plain, broken)).rejects.toThrow(/no number/);
    const way = { id: plain, from: vectors(2, 8), to: vectors(1, 8), count: 3, label: null };
    await expect(client.explore.between(way)).rejects.toThrow(/must be 1 latent vectors, not 2/);
  });

  it("classes that there are not, and images of another size", async () => {
    await expect(given(plain, vectors(1, 8), [3])).rejects.toThrow(/without classes/);
    const size = cdcgan.specification.latent.size;
    await expect(given(conditional, vectors(2, size), [3])).rejects.toThrow(/each of the 2/);
    await expect(sample(conditional, 1, { label: 10 })).rejects.toThrow(/classes 0 to 9/);
    const pixels = new Uint8Array(10);
    await expect(client.explore.nearest({ id: plain, pixels })).rejects.toThrow(/784 bytes; 10/);
  });

  it("truncation where the noise is uniform", async () => {
    await expect(sample(conditional, 1, { truncation: 0.5 })).rejects.toThrow(/from −1 to 1/);
  });

  it("runs and checkpoints that there are not, and payloads of another form", async () => {
    await expect(sample("no-such-run", 1)).rejects.toMatchObject({ code: "run.unknown" });
    await expect(client.explore.directions({ id: plain, step: 5 })).rejects.toThrow(
      /no checkpoint of step 5. It has: 3, 6/,
    );
    await expect(sample(plain, 257)).rejects.toMatchObject({ code: "usage" });
    const text = { id: plain, pixels: "text" } as never;
    await expect(client.explore.nearest(text)).rejects.toThrow(/pixels: must be bytes/);
  });
});

describe("closing", () => {
  it("ends the processes of a run once", async () => {
    await sample(plain, 1);
    expect(await client.explore.close({ id: plain })).toEqual({ closed: true });
    expect(await client.explore.close({ id: plain })).toEqual({ closed: false });
  });
});
