// @vitest-environment node
import { expect, test } from "vitest";
import { tokenIn } from "../../../../renderer/shared/transport/access.ts";

test("the token is found in the fragment that the server prints", () => {
  expect(tokenIn("#token=abc_-123")).toBe("abc_-123");
});

test("routes and empty fragments hold no token", () => {
  for (const fragment of ["", "#", "#/runs", "#/runs/token=abc", "#/new?token=abc", "#tokens=abc"])
    expect(tokenIn(fragment)).toBeNull();
});
