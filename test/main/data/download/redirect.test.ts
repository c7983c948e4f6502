import { describe, expect, it } from "vitest";
import { redirected } from "../../../../main/data/download/redirect.ts";

const secure = new URL("https://example.org/mnist/a.gz");
const plain = new URL("http://example.org/mnist/a.gz");

describe("a redirect", () => {
  it.each([
    ["https://files.example.org/b", "https://files.example.org/b"],
    ["/other/b?x=1", "https://example.org/other/b?x=1"],
    ["//8.8.8.8/b", "https://8.8.8.8/b"],
  ])("to %s is followed", (location, address) => {
    expect(redirected(secure, location).href).toBe(address);
  });

  it("may lead to encryption, or stay without", () => {
    expect(redirected(plain, "https://example.org/b").protocol).toBe("https:");
    expect(redirected(plain, "/b").protocol).toBe("http:");
  });

  it.each([
    ["http://example.org/b", /without encryption/],
    ["ftp://example.org/b", /«ftp:»/],
    ["file:///etc/passwd", /«file:»/],
    ["https://", /an address that is none/],
    [null, /an address that is none/],
  ])("to %s is not followed", (location, message) => {
    expect(() => redirected(secure, location)).toThrow(message);
  });

  it.each([
    ...["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "localhost", "a.localhost"],
    ...["localhost.", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "router"],
    ...[
      "metadata.google.internal",
      "[::1]",
      "[::]",
      "[fe80::1]",
      "[fd00::1]",
      "[::ffff:127.0.0.1]",
    ],
  ])("to the machine or network itself, %s, is not followed", (host) => {
    for (const from of [plain, secure]) {
      expect(() => redirected(from, `${from.protocol}//${host}/b`)).toThrow(/own network/);
    }
  });
});
