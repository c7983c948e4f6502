import { expect, it } from "vitest";
import { sessionEnvironment } from "../../../../main/api/sessions/environment.ts";

it("hands a session what finds libraries and folders, and no secret of its owner", () => {
  const own = {
    PATH: "/bin",
    CUDA_VISIBLE_DEVICES: "1",
    AWS_SECRET_ACCESS_KEY: "s",
    HOME: "/home/ada",
  };
  const given = sessionEnvironment(own, "linux");
  expect(given).toMatchObject({ PATH: "/bin", CUDA_VISIBLE_DEVICES: "1", HOME: "/home/ada" });
  expect(given).not.toHaveProperty("AWS_SECRET_ACCESS_KEY");
});

it("has NVIDIA's libraries compute in full float32, unless somebody wants it otherwise", () => {
  expect(sessionEnvironment({}, "linux")).toMatchObject({ NVIDIA_TF32_OVERRIDE: "0" });
  expect(sessionEnvironment({ NVIDIA_TF32_OVERRIDE: "1" }, "linux")).toMatchObject({
    NVIDIA_TF32_OVERRIDE: "1",
  });
});
