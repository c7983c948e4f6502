/** A web server on this machine that serves one file, well or badly, as a test asks. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { DownloadFile } from "../../../../main/data/download/catalogue.ts";
import { idxFile } from "../../../support/idx-file.ts";

/** `arrived` tells how many bytes of the file its reader says it has by now. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  arrived: () => number,
) => void;

export interface Mirror {
  /** Ends in «/». */
  url: string;
  /** Headers of the requests so far, by lower-case names. */
  requests: IncomingMessage["headers"][];
  /** Told by whoever downloads: bytes of the file that it has. */
  arrived: number;
  /** The n-th request gets the n-th answer, further ones the last. */
  answerWith(...answers: Answer[]): void;
}

export async function startMirror(...first: Answer[]): Promise<Mirror> {
  let answers = first;
  const server = createServer((request, response) => {
    const { requests } = mirror;
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push(request.headers);
    answer(request, response, () => mirror.arrived);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  const mirror: Mirror = {
    url: `http://127.0.0.1:${port}/`,
    requests: [],
    arrived: 0,
    answerWith(...next) {
      answers = next;
      mirror.requests.length = 0;
    },
  };
  return mirror;
}

export interface ServeOptions {
  etag?: string;
  /** Bytes after which the connection is broken off, once its reader has them. */
  breakAfter?: number;
  /** Bytes after which nothing more comes. */
  fallSilentAfter?: number;
  ignoresRanges?: true;
}

/** A server that knows ranges and `If-Range`. */
export const serve =
  (body: Buffer, options: ServeOptions = {}): Answer =>
  (request, response, arrived) => {
    const { etag = '"one"', breakAfter, fallSilentAfter, ignoresRanges } = options;
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
    const wanted = request.headers["if-range"];
    const isPart = range !== null && !ignoresRanges && (wanted === undefined || wanted === etag);
    const start = isPart ? Number(range[1]) : 0;
    const rest = body.subarray(start);
    response.writeHead(isPart ? 206 : 200, {
      etag,
      "content-length": rest.length,
      ...(isPart && { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` }),
    });
    const stop = breakAfter ?? fallSilentAfter;
    if (stop === undefined) {
      response.end(rest);
      return;
    }
    response.write(rest.subarray(0, stop));
    if (breakAfter === undefined) return;
    // A broken connection takes with it whatever its reader has not read yet.
    const breaking = setInterval(() => {
      if (arrived() >= start + breakAfter) response.destroy();
    }, 5);
    response.on("close", () => {
      clearInterval(breaking);
    });
  };

/** 200 images of 28×28 that do not compress well, as an IDX file in gzip. */
export const content = idxFile(
  [200, 28, 28],
  Uint8Array.from({ length: 200 * 784 }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 13) % 251),
);
export const body = gzipSync(content, { level: 1 });

const sumOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export const imagesFile: DownloadFile = {
  name: "train-images-idx3-ubyte.gz",
  sizes: [200, 28, 28],
  bytes: body.length,
  checksum: { of: "content", sha256: sumOf(content) },
};
export const checkedAsFile: DownloadFile = {
  ...imagesFile,
  checksum: { of: "file", sha256: sumOf(body) },
};

const labels = idxFile(
  [200],
  Uint8Array.from({ length: 200 }, (_, i) => i % 10),
);
export const labelsBody = gzipSync(labels);
export const labelsFile: DownloadFile = {
  name: "train-labels-idx1-ubyte.gz",
  sizes: [200],
  bytes: labelsBody.length,
  checksum: { of: "content", sha256: sumOf(labels) },
};

/** Both files under their names. */
export const serveBoth: Answer = (request, response, arrived) => {
  serve(request.url?.includes("labels") ? labelsBody : body)(request, response, arrived);
};
