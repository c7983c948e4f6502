/**
 * Judges a request by its headers alone, before anything else looks at it. Pure, so that every
 * attack of the test list is one line. Order matters: the host first, for it stops rebinding, where
 * neither `Origin` nor `Sec-Fetch-Site` is sent.
 */
import type { IncomingHttpHeaders } from "node:http";

export interface Refusal {
  status: 400 | 401 | 403;
  message: string;
}

export interface Seen {
  url: string;
  headers: IncomingHttpHeaders;
  rawHeaders: readonly string[];
  /** Below `/api/`: what other pages must not reach. */
  isApi: boolean;
  isWebSocket: boolean;
}

const askedTwice = (rawHeaders: readonly string[], name: string): boolean =>
  rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === name).length > 1;

/** Null when host and origin are right; whether the visitor is known is asked afterwards. */
export function refusalOf(seen: Seen, hosts: ReadonlySet<string>): Refusal | null {
  const { url, headers, rawHeaders } = seen;
  // «GET http://other/ HTTP/1.1» is how a proxy is asked; this is none.
  if (!url.startsWith("/")) return { status: 400, message: "Ask for a path of this server." };
  const host = headers.host;
  if (host === undefined || askedTwice(rawHeaders, "host") || !hosts.has(host)) {
    return { status: 403, message: "This server does not answer to that host name." };
  }
  if (!seen.isApi) return null;
  const { origin } = headers;
  const needsOrigin = seen.isWebSocket;
  if (origin === undefined ? needsOrigin : origin !== `http://${host}`) {
    return { status: 403, message: "Only this server's own page may ask this." };
  }
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return { status: 403, message: "Only this server's own page may ask this." };
  }
  return null;
}
