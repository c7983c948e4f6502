// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PngImages } from "../../../renderer/shared/png-images.svelte.ts";

// jsdom has no object addresses; these count what is kept and what is freed.
const kept = new Set<string>();
let made = 0;

beforeEach(() => {
  kept.clear();
  made = 0;
  URL.createObjectURL = () => {
    const address = `blob:${(made += 1).toString()}`;
    kept.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => kept.delete(address);
});
afterEach(() => {
  Reflect.deleteProperty(URL, "createObjectURL");
  Reflect.deleteProperty(URL, "revokeObjectURL");
});

const png = () => Promise.resolve(Uint8Array.of(1, 2, 3));

test("an image is fetched once, however often it is asked for", async () => {
  const images = new PngImages();
  const fetchPng = vi.fn(png);
  images.load("a", fetchPng);
  images.load("a", fetchPng);
  await vi.waitFor(() => {
    expect(images.addressOf("a")).toBe("blob:1");
  });
  images.load("a", fetchPng);
  expect(fetchPng).toHaveBeenCalledTimes(1);
});

test("at most four are fetched at the same time", async () => {
  const images = new PngImages();
  const waiting: (() => void)[] = [];
  const slow = () =>
    new Promise<Uint8Array>((resolve) =>
      waiting.push(() => {
        resolve(Uint8Array.of(1));
      }),
    );
  for (const key of "abcdef") images.load(key, slow);
  expect(waiting.length).toBe(4);
  waiting[0]?.();
  await vi.waitFor(() => {
    expect(waiting.length).toBe(5);
  });
});

test("one that failed can be asked for again", async () => {
  const images = new PngImages();
  const fetchPng = vi.fn(png).mockRejectedValueOnce(new Error("gone"));
  images.load("a", fetchPng);
  await vi.waitFor(() => {
    images.load("a", fetchPng);
    expect(images.addressOf("a")).toBeDefined();
  });
});

test("a refreshed image replaces the old one and frees it", async () => {
  const images = new PngImages();
  images.load("a", png);
  await vi.waitFor(() => {
    expect(images.addressOf("a")).toBe("blob:1");
  });
  images.refresh("a", png);
  await vi.waitFor(() => {
    expect(images.addressOf("a")).toBe("blob:2");
  });
  expect([...kept]).toEqual(["blob:2"]);
});

test("nothing is kept after closing, not even what comes late", async () => {
  const images = new PngImages();
  const { promise: late, resolve: finish } = Promise.withResolvers<Uint8Array>();
  images.load("early", png);
  await vi.waitFor(() => {
    expect(kept.size).toBe(1);
  });
  images.load("late", () => late);
  images.close();
  finish(Uint8Array.of(1));
  await late;
  await Promise.resolve();
  expect(kept.size).toBe(0);
  expect(images.addressOf("late")).toBeUndefined();
});
