import { describe, expect, it } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { dispatch } from "../../../main/contract/dispatch.ts";
import { hasLongArray } from "../../../main/contract/long-array.ts";

describe("a payload with a list that is too long", () => {
  it("is refused before its places are visited, at any depth", async () => {
    const formats = new Array(2 ** 32 - 1);
    const asked = dispatch({} as Handlers, "exports.archive", { formats, step: 0 });
    await expect(asked).rejects.toMatchObject({ code: "usage" });
    expect(hasLongArray({ a: [{ b: formats }] })).toBe(true);
  });

  it("is none where the list is usual, where bytes are long, or where it refers to itself", () => {
    const cyclic: Record<string, unknown> = { list: [1, 2, 3] };
    cyclic.self = cyclic;
    expect(hasLongArray(cyclic)).toBe(false);
    expect(hasLongArray({ pixels: new Uint8Array(1_000_000), latent: [0, 1] })).toBe(false);
  });
});
