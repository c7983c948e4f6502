import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { DownloadFile } from "../../../../main/data/download/catalogue.ts";
import { downloadFile } from "../../../../main/data/download/download-file.ts";
import { partPath } from "../../../../main/data/download/part.ts";
import { findIdxFiles } from "../../../../main/data/idx-folder.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import {
  body,
  checkedAsFile,
  content,
  imagesFile,
  serve,
  startMirror,
  type Answer,
  type Mirror,
} from "./mirror.ts";

interface Setting {
  folder?: string;
  file?: DownloadFile;
  signal?: AbortSignal;
  silence?: number;
}

function start(mirrors: Mirror[], setting: Setting = {}) {
  const { folder = temporaryFolder(), file = imagesFile, silence = 5000 } = setting;
  const seen: [number, number | null][] = [];
  const options = {
    signal: setting.signal ?? new AbortController().signal,
    ...{ silence, firstWait: 1 },
    onBytes: (bytes: number, total: number | null) => {
      seen.push([bytes, total]);
      for (const mirror of mirrors) mirror.arrived = bytes;
    },
  };
  const urls = mirrors.map(({ url }) => url);
  const path = join(folder, file.name);
  return { folder, path, seen, done: downloadFile(file, urls, folder, options) };
}

const half = Math.floor(body.length / 2);
const status =
  (code: number): Answer =>
  (_, response) => {
    response.writeHead(code).end("no");
  };

/** Where nobody listens any more. */
async function unusedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}/`;
}

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

describe("a server that stops half-way", () => {
  it("is asked for the rest alone", async () => {
    const mirror = await startMirror(serve(body, { breakAfter: half }), serve(body));
    const { path, done } = start([mirror]);
    await done;
    expect(mirror.requests[1]).toMatchObject({ range: `bytes=${half}-`, "if-range": '"one"' });
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("is asked again as often as it brings something new", async () => {
    const mirror = await startMirror(serve(body, { breakAfter: Math.ceil(body.length / 9) }));
    const { path, done } = start([mirror]);
    await done;
    expect(mirror.requests.length).toBe(9);
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("costs a new start when it has another file by then", async () => {
    const changed = serve(body, { etag: '"two"' });
    const wrong = Buffer.from(body).fill(7);
    const mirror = await startMirror(serve(wrong, { breakAfter: half }), changed);
    const { path, done } = start([mirror]);
    await done;
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("costs a new start when it knows no ranges", async () => {
    const [broken, whole] = [{ breakAfter: half }, {}].map((options) =>
      serve(body, { ...options, ignoresRanges: true }),
    );
    const mirror = await startMirror(broken!, whole!);
    const { path, done } = start([mirror]);
    await done;
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("that mixed two files under one name is found out, and asked once more from the start", async () => {
    const wrong = Buffer.from(body).fill(7);
    const mirror = await startMirror(serve(wrong, { breakAfter: half }), serve(body));
    const { path, done } = start([mirror]);
    await done;
    expect(mirror.requests[2]?.range).toBeUndefined();
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("is given up when it never gets further, for the next mirror", async () => {
    const broken = await startMirror(serve(body, { breakAfter: 0 }));
    const good = await startMirror(serve(body));
    await start([broken, good]).done;
    expect(broken.requests.length).toBe(4);
    expect(good.requests[0]?.range).toBeUndefined();
  });

  it("leaves a part that the next download goes on with, and that no data set is made of", async () => {
    const mirror = await startMirror(
      serve(body, { breakAfter: half }),
      serve(body, { breakAfter: 0 }),
    );
    const { folder, path, done } = start([mirror]);
    await expect(done).rejects.toMatchObject({ code: "download.failed" });
    expect(existsSync(path)).toBe(false);
    expect(statSync(partPath(path)).size).toBe(half);
    await expect(findIdxFiles(folder)).rejects.toMatchObject({ code: "data.empty" });
    mirror.answerWith(serve(body));
    await start([mirror], { folder }).done;
    expect(mirror.requests.map(({ range }) => range)).toEqual([`bytes=${half}-`]);
  });

  it("costs a new start when the note beside the part is damaged", async () => {
    const mirror = await startMirror(
      serve(body, { breakAfter: half }),
      serve(body, { breakAfter: 0 }),
    );
    const { folder, path, done } = start([mirror]);
    await expect(done).rejects.toThrow();
    writeFileSync(`${partPath(path)}.json`, "{");
    mirror.answerWith(serve(body));
    await start([mirror], { folder }).done;
    expect(mirror.requests[0]?.range).toBeUndefined();
    expect(readFileSync(path).equals(body)).toBe(true);
  });
});

describe("a server that is slow", () => {
  it("is left when it falls silent, and what came is kept", async () => {
    const mirror = await startMirror(serve(body, { fallSilentAfter: half }), serve(body));
    const { path, done } = start([mirror], { silence: 150 });
    await done;
    expect(mirror.requests[1]?.range).toBe(`bytes=${half}-`);
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("is left when it does not even answer", async () => {
    const mute = await startMirror(() => undefined);
    await expect(start([mute], { silence: 30 }).done).rejects.toMatchObject({
      code: "download.failed",
      message: expect.stringMatching(/127\.0\.0\.1:\d+: nothing came for 1 s/) as string,
    });
  });

  it("is waited for as long as something comes", async () => {
    const drip: Answer = (_, response) => {
      response.writeHead(200, { "content-length": body.length });
      const size = Math.ceil(body.length / 8);
      const send = (from: number) => {
        if (from >= body.length) response.end();
        else
          response.write(body.subarray(from, from + size), () => setTimeout(send, 60, from + size));
      };
      send(0);
    };
    const mirror = await startMirror(drip);
    // Eight pieces take longer in all than the silence that is allowed.
    await start([mirror], { silence: 300 }).done;
    expect(mirror.requests.length).toBe(1);
  });
});

describe("a server that lies", () => {
  const page = Buffer.from("<html>Sign in to the hotel's network</html>");
  const otherContent = Buffer.from(content);
  otherContent[5000]! ^= 1;

  it.each([
    ["a page of a hotel's network", page],
    ["nothing", Buffer.alloc(0)],
    ["a file with one other bit", gzipSync(otherContent)],
    ["the labels", gzipSync(content.subarray(0, 300))],
    ["a gzip bomb", gzipSync(Buffer.alloc(40_000_000))],
    ["gzip data that ends too early", body.subarray(0, -100)],
  ])("with %s is left for the next mirror, and nothing of it is kept", async (_, lie) => {
    const liar = await startMirror(serve(lie));
    const good = await startMirror(serve(body));
    const { folder, path, done } = start([liar, good]);
    await done;
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(readdirSync(folder)).toEqual([imagesFile.name]);
    expect(liar.requests.length).toBe(1);
    const alone = start([liar]);
    await expect(alone.done).rejects.toMatchObject({ code: "download.failed" });
    expect(readdirSync(alone.folder)).toEqual([]);
  });

  it("about its length by sending more is stopped before it fills the disk", async () => {
    const endless: Answer = (_, response) => {
      response.writeHead(200);
      const pour = () => {
        if (!response.destroyed) response.write(Buffer.alloc(1 << 16), pour);
      };
      pour();
    };
    const mirror = await startMirror(endless);
    const { folder, path, done } = start([mirror]);
    await expect(done).rejects.toThrow(/larger than this one can be/);
    expect(statSync(partPath(path)).size).toBeLessThan(2 * 1024 * 1024);
    expect(readdirSync(folder)).not.toContain(imagesFile.name);
  });

  it("about its length in the header is left at once", async () => {
    const mirror = await startMirror((_, response) => {
      response.writeHead(200, { "content-length": 1e12 }).write("x");
    });
    await expect(start([mirror]).done).rejects.toThrow(/larger than this one can be/);
    expect(mirror.requests.length).toBe(1);
  });

  it("about the part that it sends is asked from the start", async () => {
    const otherPart: Answer = (_, response) => {
      response.writeHead(206, { "content-range": `bytes 0-9/${body.length}` }).end("0123456789");
    };
    const mirror = await startMirror(serve(body, { breakAfter: half }), otherPart, serve(body));
    const { path, done } = start([mirror]);
    await done;
    expect(mirror.requests[2]?.range).toBeUndefined();
    expect(readFileSync(path).equals(body)).toBe(true);
  });
});

describe("a server that refuses", () => {
  it.each([
    [404, 1],
    [403, 1],
    [429, 4],
    [503, 4],
  ])("with %i is asked %i times", async (code, times) => {
    const mirror = await startMirror(status(code));
    await expect(start([mirror]).done).rejects.toMatchObject({
      code: "download.failed",
      message: expect.stringMatching(new RegExp(`${code}.*what has arrived is kept`)) as string,
    });
    expect(mirror.requests.length).toBe(times);
  });

  it("for a moment is asked again", async () => {
    const mirror = await startMirror(status(503), serve(body));
    await start([mirror]).done;
    expect(mirror.requests.length).toBe(2);
  });

  it("is named with its reason, each mirror in turn", async () => {
    const [missing, busy] = [await startMirror(status(404)), await startMirror(status(500))];
    await expect(start([missing, busy]).done).rejects.toThrow(
      /does not have the file \(404\); 127\.0\.0\.1:\d+: it answered 500/,
    );
  });

  it("to be connected with at all is a clear failure", async () => {
    const closed = {
      url: await unusedAddress(),
      requests: [],
      arrived: 0,
      answerWith: () => undefined,
    };
    await expect(start([closed]).done).rejects.toThrow(/it refused the connection/);
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
