/** A web server on this machine that serves one file, well or badly, as a test asks. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { DownloadFile } from "../../../../main/data/download/catalogue.ts";
import { idxFile } from "../../../support/idx-file.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Mirror {
  /** Ends in «/». */
  url: string;
  /** Headers of the requests so far, by lower-case names. */
  requests: IncomingMessage["headers"][];
  /** The n-th request gets the n-th answer, further ones the last. */
  answerWith(...answers: Answer[]): void;
}

export async function startMirror(...first: Answer[]): Promise<Mirror> {
  let answers = first;
  const requests: Mirror["requests"] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    answerWith(...next) {
      answers = next;
      requests.length = 0;
    },
  };
}

export interface ServeOptions {
  etag?: string;
  /** Bytes after which the connection is broken off. */
  breakAfter?: number;
  /** Bytes after which nothing more comes. */
  fallSilentAfter?: number;
  ignoresRanges?: true;
}

/** A server that knows ranges and `If-Range`. */
export const serve =
  (body: Buffer, options: ServeOptions = {}): Answer =>
  (request, response) => {
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
    response.write(rest.subarray(0, stop), () => {
      // The piece must have left before the connection breaks, or nothing arrives.
      if (breakAfter !== undefined) setTimeout(() => response.destroy(), 20);
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
export const serveBoth: Answer = (request, response) => {
  serve(request.url?.includes("labels") ? labelsBody : body)(request, response);
};
