/**
 * Where a mirror's redirect may lead: on to a public place, and never from an encrypted connection to
 * one that is not. A mirror that was taken over must not make this machine ask itself or its network.
 * Names that a resolver turns into such addresses are not looked up here.
 */
import { BlockList, isIP } from "node:net";
import { DownloadFailure } from "./failure.ts";

const inside = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  inside.addSubnet(network, bits, "ipv4");
}
inside.addAddress("::", "ipv6");
inside.addAddress("::1", "ipv6");
inside.addSubnet("fc00::", 7, "ipv6");
inside.addSubnet("fe80::", 10, "ipv6");

/** Whether an address leads to this machine or its own network, as far as it says so itself. */
function isInside({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const version = isIP(host);
  if (version === 0) return !host.includes(".") || /(^|\.)(localhost|local|internal)$/.test(host);
  return inside.check(host, version === 4 ? "ipv4" : "ipv6");
}

/** The next address. Throws `DownloadFailure` for one that must not be followed. */
export function redirected(from: URL, location: string | null): URL {
  const refused = (what: string) => new DownloadFailure(`it redirects to ${what}`, false);
  const to = location === null ? null : URL.parse(location, from.href);
  if (to === null) throw refused("an address that is none");
  if (!["http:", "https:"].includes(to.protocol)) throw refused(`an address of «${to.protocol}»`);
  if (from.protocol === "https:" && to.protocol !== "https:") {
    throw refused("an address without encryption");
  }
  if (isInside(to) && !isInside(from)) throw refused("this machine or its own network");
  return to;
}
