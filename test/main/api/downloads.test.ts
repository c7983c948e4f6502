/** Downloads as the shells ask for them, from a server on this machine. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openApi } from "../../../main/api/open.ts";
import { createClient } from "../../../main/contract/client.ts";
import type { DownloadProgress } from "../../../main/contract/system.ts";
import type { Download } from "../../../main/data/download/catalogue.ts";
import { downloads } from "../../../main/spec/downloads.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import {
  body,
  imagesFile,
  labelsBody,
  labelsFile,
  serve,
  serveBoth,
  startMirror,
  type Answer,
} from "../data/download/mirror.ts";

async function open(answer: Answer, home = temporaryFolder()) {
  const mirror = await startMirror(answer);
  const set: Download = { mirrors: [mirror.url], files: [imagesFile, labelsFile] };
  const unchecked = { ...set, files: [{ ...imagesFile, checksum: null }, labelsFile] };
  const catalogue = { mnist: set, "fashion-mnist": set, kmnist: set, "emnist-digits": unchecked };
  const api = await openApi({ home, catalogue });
  onTestFinished(() => api.close());
  const progress: DownloadProgress[] = [];
  api.subscribe("dataset.progress", (detail) => progress.push(detail));
  return { api, client: createClient(api), home, mirror, progress };
}

const hangs = serve(body, { fallSilentAfter: 1000 });

describe("a data set that is downloaded", () => {
  it("is listed under its own id, with its classes, and can be looked at", async () => {
    const { client, home } = await open(serveBoth);
    const info = await client.datasets.download({ id: "mnist" });
    expect(info).toMatchObject({
      ...{ id: "mnist", name: "MNIST", length: 200, image: { height: 28, width: 28, channels: 1 } },
      source: { kind: "idx", path: join(home, "datasets", "mnist") },
      classCounts: new Array(10).fill(20),
      classNames: downloads.mnist.classNames,
    });
    const { datasets } = await client.datasets.list({});
    expect(datasets.find(({ id }) => id === "mnist")).toMatchObject(info);
    expect(await client.datasets.preview({ id: "mnist", count: 3 })).toMatchObject({ count: 3 });
  });

  it("stays what it is when a specification names its files", async () => {
    const { client } = await open(serveBoth);
    const { source } = await client.datasets.download({ id: "mnist" });
    const before = await client.datasets.list({});
    await client.datasets.add({ source });
    expect(await client.datasets.list({})).toEqual(before);
  });

  it("says of which files nobody can tell that they are the right ones", async () => {
    const { client } = await open(serveBoth);
    expect(await client.datasets.download({ id: "mnist" })).not.toHaveProperty("uncheckedFiles");
    const info = await client.datasets.download({ id: "emnist-digits" });
    expect(info.uncheckedFiles).toEqual([imagesFile.name]);
  });

  it("tells how far it is, up to the last byte of all files", async () => {
    const { client, progress } = await open(serveBoth);
    await client.datasets.download({ id: "kmnist" });
    const total = body.length + labelsBody.length;
    expect(progress.at(-1)).toEqual({
      ...{ id: "kmnist", file: labelsFile.name },
      ...{ bytes: total, total },
    });
    const bytes = progress.map((report) => report.bytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  it("is fetched once when it is asked for twice at once, and not again later", async () => {
    const { client, mirror } = await open(serveBoth);
    const [first, second] = await Promise.all([
      client.datasets.download({ id: "mnist" }),
      client.datasets.download({ id: "mnist" }),
    ]);
    expect(second).toEqual(first);
    await client.datasets.download({ id: "mnist" });
    expect(mirror.requests.length).toBe(2);
    expect((await client.datasets.list({})).datasets.map(({ id }) => id)).toEqual([
      "digits",
      "mnist",
    ]);
  });

  it("is not listed while a file of it is missing", async () => {
    const { client } = await open((request, response, arrived) => {
      if (request.url?.includes("labels")) response.writeHead(404).end();
      else serve(body)(request, response, arrived);
    });
    await expect(client.datasets.download({ id: "mnist" })).rejects.toMatchObject({
      code: "download.failed",
      message: expect.stringContaining(labelsFile.name) as string,
    });
    expect((await client.datasets.list({})).datasets.map(({ id }) => id)).toEqual(["digits"]);
  });

  it("that nobody offers is refused before anything is asked", async () => {
    const { client, mirror } = await open(serveBoth);
    const id = "../../etc" as "mnist";
    await expect(client.datasets.download({ id })).rejects.toMatchObject({ code: "usage" });
    expect(mirror.requests.length).toBe(0);
  });
});

describe("a download that is called off", () => {
  it("tells so, keeps what has arrived, and goes on when it is asked for again", async () => {
    const { client, home, mirror, progress } = await open(hangs);
    const asked = client.datasets.download({ id: "mnist" });
    const failed = expect(asked).rejects.toMatchObject({
      code: "download.cancelled",
      message: expect.stringMatching(/MNIST was called off.*kept/) as string,
    });
    await expect.poll(() => progress.length).toBeGreaterThan(0);
    const part = join(home, "datasets", "mnist", `.${imagesFile.name}.part`);
    await expect.poll(() => existsSync(part)).toBe(true);
    expect(await client.datasets.cancelDownload({ id: "mnist" })).toEqual({ cancelled: true });
    await failed;
    mirror.answerWith(serveBoth);
    await client.datasets.download({ id: "mnist" });
    expect(mirror.requests[0]?.range).toBe("bytes=1000-");
    expect(readdirSync(join(home, "datasets", "mnist")).sort()).toEqual([
      imagesFile.name,
      labelsFile.name,
    ]);
  });

  it("is none where nothing is being downloaded", async () => {
    const { client } = await open(serveBoth);
    expect(await client.datasets.cancelDownload({ id: "kmnist" })).toEqual({ cancelled: false });
  });

  it("ends with the program, and does not hold it up", async () => {
    const { api, client, mirror } = await open(hangs);
    const asked = client.datasets.download({ id: "mnist" });
    const failed = expect(asked).rejects.toMatchObject({ code: "download.cancelled" });
    await expect.poll(() => mirror.requests.length).toBe(1);
    await api.close();
    await failed;
  });
});
