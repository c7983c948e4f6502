/**
 * Which `Host` headers the server answers to. This list, not the address it listens on, is what
 * stops DNS rebinding: a foreign name that resolves to this machine still arrives as its own name.
 * Comparison is by exact text, because every pattern that was ever used for it has been tricked.
 */

export interface Listening {
  /** The address that was asked for, for example `127.0.0.1` or `0.0.0.0`. */
  host: string;
  port: number;
  /** Names and addresses of this machine; they count only when it listens on all of them. */
  own: readonly string[];
}

const everywhere = new Set(["0.0.0.0", "::", "[::]"]);
const loopback = ["127.0.0.1", "localhost", "::1"];

const bracketed = (host: string): string =>
  host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;

/** `host:port` as it stands in a URL. */
export const authority = (host: string, port: number): string => `${bracketed(host)}:${port}`;

/** True for addresses that only programs on this machine can reach. */
export const isLoopback = (host: string): boolean =>
  loopback.includes(host.replace(/^\[|\]$/g, ""));

/** Every `Host` header that is answered. */
export function allowedHosts({ host, port, own }: Listening): ReadonlySet<string> {
  const names = everywhere.has(host) ? [...loopback, ...own] : [...loopback, host];
  const allowed = names.map((name) => authority(name.toLowerCase(), port));
  // Browsers leave the port away when it is the protocol's own.
  return new Set(port === 80 ? [...allowed, ...names.map(bracketed)] : allowed);
}

/** The address that a person should open. */
export function shownHost({ host, own }: Omit<Listening, "port">): string {
  if (!everywhere.has(host)) return host;
  return own.find((name) => /^\d+\.\d+\.\d+\.\d+$/.test(name)) ?? "127.0.0.1";
}
