import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sessionEnvironment } from "../../../../main/api/sessions/environment.ts";
import {
  cudaFolders,
  libraryFolder,
  loaderEnvironment,
} from "../../../../main/api/sessions/tensorflow-folder.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** `site-packages` as pip leaves it, with CUDA beside TensorFlow. */
function sitePackages(): string {
  const folder = temporaryFolder();
  for (const name of ["tensorflow", "nvidia/cudnn/lib", "nvidia/cublas/lib", "nvidia/empty"])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "tensorflow", "libtensorflow_cc.so.2"), "");
  return folder;
}

it("finds the library in the folder that was named, and in those that people name instead", () => {
  const folder = sitePackages();
  const place = join(folder, "tensorflow");
  expect(libraryFolder(place)).toBe(place);
  expect(libraryFolder(folder)).toBe(place);
  const unpacked = temporaryFolder();
  mkdirSync(join(unpacked, "lib"));
  writeFileSync(join(unpacked, "lib", "libtensorflow.so.2"), "");
  expect(libraryFolder(unpacked)).toBe(join(unpacked, "lib"));
  expect(libraryFolder(temporaryFolder())).toBeNull();
});

it("has a session look there first, then at CUDA beside it, then where it looked before", () => {
  const folder = sitePackages();
  const named = join(folder, "tensorflow");
  const nvidia = ["cublas", "cudnn"].map((name) => join(folder, "nvidia", name, "lib"));
  expect(cudaFolders(named)).toEqual(nvidia);
  const own = { GAN_STUDIO_TENSORFLOW: named, LD_LIBRARY_PATH: "/opt/lib", SECRET: "x" };
  const { LD_LIBRARY_PATH, ...rest } = sessionEnvironment(own, "linux");
  expect(LD_LIBRARY_PATH).toBe([named, ...nvidia, "/opt/lib"].join(":"));
  expect(rest).not.toHaveProperty("SECRET");
});

it.each([
  ["nothing was named", {}],
  ["it is switched off", { GAN_STUDIO_TENSORFLOW: "none" }],
  ["the folder is not there", { GAN_STUDIO_TENSORFLOW: "/nonexistent/tensorflow" }],
  ["the path is not whole", { GAN_STUDIO_TENSORFLOW: "tensorflow" }],
])("leaves the loader alone where %s", (_case, own) => {
  expect(loaderEnvironment(own, "linux")).toEqual({});
});

it("leaves it alone on systems that have no such path for one process", () => {
  const own = { GAN_STUDIO_TENSORFLOW: join(sitePackages(), "tensorflow") };
  for (const platform of ["darwin", "win32"] as const)
    expect(loaderEnvironment(own, platform)).toEqual({});
});
