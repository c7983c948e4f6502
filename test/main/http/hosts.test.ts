import { expect, it } from "vitest";
import { allowedHosts, authority, isLoopback, shownHost } from "../../../main/http/hosts.ts";

const own = ["gpu-box", "192.168.1.7", "fe80::1"];

it("answers on the loopback address to its three names and nothing else", () => {
  expect([...allowedHosts({ host: "127.0.0.1", port: 8420, own })].sort()).toEqual([
    "127.0.0.1:8420",
    "[::1]:8420",
    "localhost:8420",
  ]);
});

it("answers to an address that was named", () => {
  const hosts = allowedHosts({ host: "192.168.1.7", port: 1, own });
  expect(hosts.has("192.168.1.7:1")).toBe(true);
  expect(hosts.has("gpu-box:1")).toBe(false);
});

it("answers, listening everywhere, to this machine's own names but not to «everywhere»", () => {
  const hosts = allowedHosts({ host: "0.0.0.0", port: 1, own });
  expect(hosts.has("gpu-box:1")).toBe(true);
  expect(hosts.has("[fe80::1]:1")).toBe(true);
  expect(hosts.has("0.0.0.0:1")).toBe(false);
});

it("knows that browsers leave port 80 away", () => {
  expect(allowedHosts({ host: "127.0.0.1", port: 80, own }).has("localhost")).toBe(true);
  expect(allowedHosts({ host: "127.0.0.1", port: 81, own }).has("localhost")).toBe(false);
});

it("shows an address that can be opened", () => {
  expect(shownHost({ host: "0.0.0.0", own })).toBe("192.168.1.7");
  expect(shownHost({ host: "::", own: [] })).toBe("127.0.0.1");
  expect(authority("::1", 5)).toBe("[::1]:5");
});

it.each([
  ["127.0.0.1", true],
  ["::1", true],
  ["[::1]", true],
  ["localhost", true],
  ["0.0.0.0", false],
  ["192.168.1.7", false],
  ["127.0.0.1.nip.io", false],
])("judges whether %s is this machine's alone", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
