import { expect, it } from "vitest";
import { failedOutput } from "../../../main/cli/failed-output.ts";

const failure = (code: string) => Object.assign(new Error(`write ${code}`), { code });

it("is no failure where the reader has seen enough", () => {
  expect(failedOutput(failure("EPIPE"))).toEqual({ code: 0, sentence: null });
});

it("is a failure with its reason where the disk is full or broken", () => {
  expect(failedOutput(failure("ENOSPC"))).toEqual({
    code: 1,
    sentence:
      "The output could not be written: there is no room left on the disk. What is there of it is not complete.",
  });
  expect(failedOutput(failure("EIO")).sentence).toContain("the device reports an error");
  expect(failedOutput(failure("EBADF"))).toMatchObject({
    code: 1,
    sentence: expect.stringContaining("write EBADF") as string,
  });
});
