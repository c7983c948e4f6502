// @vitest-environment node
import { expect, test } from "vitest";
import { fileNameOf } from "../../../renderer/shared/save-file.ts";

test("a file's name holds letters and digits of any script, and nothing that a disk refuses", () => {
  expect(fileNameOf("First try #2: /etc")).toBe("first-try-2-etc");
  expect(fileNameOf("Ziffern für Ada")).toBe("ziffern-für-ada");
  expect(fileNameOf("///")).toBe("run");
});
