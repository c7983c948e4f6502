import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { DownloadFile } from "../../../../main/data/download/catalogue.ts";
import { downloadFile } from "../../../../main/data/download/download-file.ts";
import { partPath } from "../../../../main/data/download/part.ts";
import { findIdxFiles } from "../../../../main/data/idx-folder.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { body, checkedAsFile, content, imagesFile, serve, startMirror } from "./mirror.ts";
import { half, start, status } from "./started.ts";

describe("a file that is downloaded", () => {
  it("has its name once it is whole, and nothing is left beside it", async () => {
    const mirror = await startMirror(serve(body));
    const { folder, path, seen, done } = start([mirror]);
    await done;
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(readdirSync(folder)).toEqual([imagesFile.name]);
    expect(seen[0]).toEqual([0, body.length]);
    expect(seen.at(-1)).toEqual([body.length, body.length]);
    const bytes = seen.map(([count]) => count);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  it("is not fetched again when it is there and right", async () => {
    const mirror = await startMirror(serve(body));
    const { folder, done } = start([mirror]);
    await done;
    await start([mirror], { folder }).done;
    expect(mirror.requests.length).toBe(1);
  });

  it("is fetched again when it is there and damaged", async () => {
    const mirror = await startMirror(serve(body));
    const folder = temporaryFolder();
    writeFileSync(join(folder, imagesFile.name), body.subarray(0, half));
    const { path, done } = start([mirror], { folder });
    await done;
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("may have another gzip wrapper when its content is what is checked", async () => {
    const other = gzipSync(content, { level: 9 });
    const mirror = await startMirror(serve(other));
    await start([mirror]).done;
    await expect(start([mirror], { file: checkedAsFile }).done).rejects.toMatchObject({
      code: "download.failed",
    });
    mirror.answerWith(serve(body));
    await start([mirror], { file: checkedAsFile }).done;
  });

  it("may come without a length, and unwrapped by the transfer", async () => {
    const mirror = await startMirror((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(body);
    });
    const { path, done } = start([mirror]);
    await done;
    expect(readFileSync(path).equals(content)).toBe(true);
  });
});

describe("a download that is called off", () => {
  it("ends at once with the reason, and keeps what has arrived", async () => {
    const mirror = await startMirror(serve(body, { fallSilentAfter: half }));
    const controller = new AbortController();
    const { path, seen, done } = start([mirror], { signal: controller.signal });
    const failed = expect(done).rejects.toThrow("enough");
    await expect.poll(() => seen.at(-1)?.[0]).toBe(half);
    controller.abort(new Error("enough"));
    await failed;
    expect(statSync(partPath(path)).size).toBe(half);
  });

  it("ends while it waits for the next attempt", async () => {
    const mirror = await startMirror(status(503));
    const controller = new AbortController();
    const options = { signal: controller.signal, firstWait: 60_000, onBytes: () => undefined };
    const done = downloadFile(imagesFile, [mirror.url], temporaryFolder(), options);
    const failed = expect(done).rejects.toThrow("enough");
    await expect.poll(() => mirror.requests.length).toBe(1);
    controller.abort(new Error("enough"));
    await failed;
  });

  it("fails as the disk does, without trying other mirrors", async () => {
    const mirror = await startMirror(serve(body));
    const folder = join(temporaryFolder(), "missing");
    await expect(start([mirror], { folder }).done).rejects.toMatchObject({
      code: "file.unwritable",
    });
    expect(mirror.requests.length).toBe(1);
  });
});

describe("a file without a published checksum", () => {
  const unchecked: DownloadFile = { ...imagesFile, checksum: null };
  const otherContent = Buffer.from(content);
  otherContent[5000]! ^= 1;

  it("is checked by its structure", async () => {
    const labels = await startMirror(serve(gzipSync(content.subarray(0, 3000))));
    await expect(start([labels], { file: unchecked }).done).rejects.toMatchObject({
      code: "download.failed",
    });
    const good = await startMirror(serve(body));
    await start([good], { file: unchecked }).done;
  });

  it("must be the same at every later download", async () => {
    const mirror = await startMirror(serve(body));
    const { folder, path, done } = start([mirror], { file: unchecked });
    await done;
    rmSync(path);
    mirror.answerWith(serve(gzipSync(otherContent)));
    await expect(start([mirror], { folder, file: unchecked }).done).rejects.toMatchObject({
      code: "download.failed",
    });
    mirror.answerWith(serve(body));
    await start([mirror], { folder, file: unchecked }).done;
    expect(await findIdxFiles(folder)).toEqual({ images: path, labels: null });
  });

  it("is stored the right way round where it was published transposed", async () => {
    const mirror = await startMirror(serve(body));
    const file: DownloadFile = { ...unchecked, isTransposed: true };
    const { folder, path, done } = start([mirror], { file });
    await done;
    const stored = gunzipSync(readFileSync(path));
    expect(stored.length).toBe(content.length);
    expect(stored.subarray(0, 16).equals(content.subarray(0, 16))).toBe(true);
    const differing = content.subarray(16).findIndex((value, at) => {
      const [image, row, column] = [Math.floor(at / 784), Math.floor((at % 784) / 28), at % 28];
      return stored[16 + image * 784 + column * 28 + row] !== value;
    });
    expect(differing).toBe(-1);
    await start([mirror], { folder, file }).done;
    expect(mirror.requests.length).toBe(1);
  });
});
