import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { downloadFile } from "../../../../main/data/download/download-file.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { body, imagesFile, serve, startMirror, type Answer, type Mirror } from "./mirror.ts";

function start(mirrors: Mirror[], folder = temporaryFolder()) {
  const { signal } = new AbortController();
  const urls = mirrors.map(({ url }) => url);
  const options = { signal, silence: 1000, firstWait: 1, onBytes: () => undefined };
  const done = downloadFile(imagesFile, urls, folder, options);
  return { path: join(folder, imagesFile.name), done };
}

const half = Math.floor(body.length / 2);

/** A program that downloads a file from an address to a folder and prints what went wrong. */
const downloading = `
  import { downloadFile } from ${JSON.stringify(import.meta.resolve("../../../../main/data/download/download-file.ts"))};
  const [url, folder, file] = process.argv.slice(1);
  const { signal } = new AbortController();
  const options = { signal, firstWait: 1, onBytes: () => undefined };
  await downloadFile(JSON.parse(file), [url], folder, options).catch(({ code, message }) => {
    process.stdout.write(JSON.stringify({ code, message }));
  });
`;

describe("a disk without room", () => {
  // The system refuses more than so many bytes a file: not full, but as good as for who writes.
  it.skipIf(process.platform === "win32")(
    "ends the download at once, and another goes on with what had room",
    async () => {
      const mirror = await startMirror(serve(body));
      const folder = temporaryFolder();
      const limit = Math.floor(body.length / 2 / 1024);
      const node = [process.execPath, "--input-type=module", "-e", downloading];
      const { stdout } = await promisify(execFile)("bash", [
        ...["-c", `ulimit -f ${limit} && exec "$@"`, "bash", ...node],
        ...[mirror.url, folder, JSON.stringify(imagesFile)],
      ]);
      expect(JSON.parse(stdout)).toMatchObject({
        code: "file.unwritable",
        message: expect.stringMatching(/larger than the system permits/) as string,
      });
      expect(mirror.requests.length).toBe(1);
      expect(readdirSync(folder)).not.toContain(imagesFile.name);
      const { path, done } = start([mirror], folder);
      await done;
      expect(mirror.requests[1]?.range).toBe(`bytes=${limit * 1024}-`);
      expect(readFileSync(path).equals(body)).toBe(true);
    },
  );
});

describe("a server that sends elsewhere", () => {
  const elsewhere =
    (location: string): Answer =>
    (_, response) => {
      response.writeHead(302, { location }).end("moved");
    };

  it("is followed, also for the rest of a file", async () => {
    const end = await startMirror(serve(body, { fallSilentAfter: half }), serve(body));
    const mirror = await startMirror(elsewhere(`${end.url}x.gz`));
    const { path, done } = start([mirror]);
    await done;
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(end.requests[1]?.range).toBe(`bytes=${half}-`);
  });

  it("is left when it does so without end", async () => {
    const mirror = await startMirror(elsewhere("/again"));
    await expect(start([mirror]).done).rejects.toThrow(/it redirects without end/);
    expect(mirror.requests.length).toBe(6);
  });

  it("is left for the next mirror when it leads where it must not", async () => {
    const bad = await startMirror(elsewhere("file:///etc/passwd"));
    const good = await startMirror(serve(body));
    await start([bad, good]).done;
    expect(bad.requests.length).toBe(1);
  });
});
