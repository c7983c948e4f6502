/** Recognising a TensorFlow in the folder of a Python package and in an unpacked libtensorflow. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recogniseTensorflow } from "../../../scripts/setup/tensorflow-library.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { write } from "../support.ts";

describe("recognising a TensorFlow", () => {
  it("finds the libraries of a Python package, and its version beside it", () => {
    const packages = temporaryFolder();
    const folder = join(packages, "tensorflow");
    write(join(folder, "libtensorflow_cc.so.2"));
    write(join(folder, "libtensorflow_framework.so.2"));
    write(join(folder, "include/tensorflow/c/c_api.h"));
    write(join(packages, "tensorflow_cpu-2.21.0.dist-info/METADATA"));
    expect(recogniseTensorflow(folder, "linux")).toEqual({
      folder,
      library: "libtensorflow_cc.so.2",
      framework: "libtensorflow_framework.so.2",
      include: join(folder, "include"),
      version: "2.21.0",
    });
  });

  it("finds an unpacked libtensorflow, and its version in the headers", () => {
    const folder = temporaryFolder();
    write(join(folder, "lib/libtensorflow.so.2"));
    const numbers =
      "#define TF_MAJOR_VERSION 2\n#define TF_MINOR_VERSION 9\n#define TF_PATCH_VERSION 1\n";
    write(join(folder, "include/tensorflow/core/public/version.h"), numbers);
    expect(recogniseTensorflow(folder, "linux")).toMatchObject({
      folder: join(folder, "lib"),
      library: "libtensorflow.so.2",
      framework: null,
      include: null,
      version: "2.9.1",
    });
  });

  it("gives a version to a library that does not tell its own", () => {
    const folder = temporaryFolder();
    write(join(folder, "libtensorflow.so.2"), "abc");
    expect(recogniseTensorflow(folder, "linux")?.version).toMatch(/^unknown-[0-9a-f]{8}$/);
  });

  it("finds none in an empty folder, and none of another platform", () => {
    const folder = temporaryFolder();
    expect(recogniseTensorflow(folder, "linux")).toBeNull();
    write(join(folder, "libtensorflow.so.2"));
    expect(recogniseTensorflow(folder, "darwin")).toBeNull();
    expect(recogniseTensorflow(folder, "sunos")).toBeNull();
  });
});
