import { expect, it } from "vitest";
import { sessionEnvironment } from "../../../../main/api/sessions/environment.ts";

it("has NVIDIA's libraries compute in full float32, unless somebody wants it otherwise", () => {
  expect(sessionEnvironment({}, "linux")).toMatchObject({ NVIDIA_TF32_OVERRIDE: "0" });
  expect(sessionEnvironment({ NVIDIA_TF32_OVERRIDE: "1" }, "linux")).toMatchObject({
    NVIDIA_TF32_OVERRIDE: "1",
  });
});
