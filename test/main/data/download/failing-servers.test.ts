/** Servers that stop, fall silent, lie or refuse while a file comes from them. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { partPath } from "../../../../main/data/download/part.ts";
import { findIdxFiles } from "../../../../main/data/idx-folder.ts";
import { body, content, imagesFile, serve, startMirror, type Answer } from "./mirror.ts";
import { half, start, status } from "./started.ts";

/** Where nobody listens any more. */
async function unusedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}/`;
}

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
