/**
 * The page under `app://studio`, from the folder of the built page and nowhere else. A scheme of our
 * own has an origin and obeys a content security policy; `file:` has neither.
 */
import type { Protocol } from "electron";
import { readFile, realpath } from "node:fs/promises";
import { extname, isAbsolute, relative, resolve, sep } from "node:path";
import { contentSecurityPolicy } from "../contract/content-security-policy.ts";
import { pageHost, pageScheme } from "./channels.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
};

export interface Asset {
  /** Absolute, inside the page's folder. */
  path: string;
  mediaType: string;
}

/** The file that a URL names, or null. Pure: whether the file exists is found out by reading it. */
export function resolveAsset(url: string, folder: string): Asset | null {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== `${pageScheme}:` || parsed.host !== pageHost) return null;
  const name = decoded(parsed.pathname);
  // Backslashes, drives and encoded dots name other places on some system or other.
  if (name === null || !/^(\/[\w-][\w.-]*)+$|^\/$/.test(name)) return null;
  const path = resolve(folder, `.${name === "/" ? "/index.html" : name}`);
  const inside = relative(folder, path);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return null;
  }
  const mediaType = mediaTypes[extname(path)];
  return mediaType === undefined ? null : { path, mediaType };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Must be called before the app is ready, or the scheme has no origin. */
export function registerPageScheme(protocol: Pick<Protocol, "registerSchemesAsPrivileged">): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges }]);
}

export function servePage(protocol: Pick<Protocol, "handle">, folder: string): void {
  protocol.handle(pageScheme, ({ url, method }) => answer(url, method, folder));
}

async function answer(url: string, method: string, folder: string): Promise<Response> {
  const asset = method === "GET" ? resolveAsset(url, folder) : null;
  const bytes = asset && (await readUnlinked(asset.path, folder));
  const headers = {
    "content-security-policy": contentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
  };
  if (!bytes) return new Response("There is nothing at this address.", { status: 404, headers });
  return new Response(bytes, { headers: { ...headers, "content-type": asset.mediaType } });
}

/** Null when there is no such file, or when a link leads to it. */
async function readUnlinked(path: string, folder: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const root = await realpath(folder);
    if ((await realpath(path)) !== resolve(root, relative(folder, path))) return null;
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}
