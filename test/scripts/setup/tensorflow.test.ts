/** The order in which a TensorFlow is looked for, what is written down, and when it is looked for again. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SetupContext } from "../../../scripts/setup/context.mjs";
import { bindingPath } from "../../../scripts/setup/tensorflow-binding.mjs";
import type { TensorflowLibrary } from "../../../scripts/setup/tensorflow-library.mjs";
import {
  provideTensorflow,
  recordPath,
  sourcesFor,
  tensorflowIsSettled,
  type TensorflowSource,
} from "../../../scripts/setup/tensorflow.mjs";
import { emptyProject, write } from "../support.ts";

/** A library whose files are there, so that the stamp has something to hold on to. */
function libraryIn(context: SetupContext, version = "2.21.0"): TensorflowLibrary {
  const folder = join(context.places.tfjs, "deps", "lib");
  write(join(folder, "libtensorflow.so"), version);
  return { folder, library: "libtensorflow.so", framework: null, include: null, version };
}

function binding(loads: boolean) {
  return {
    build: () => Promise.resolve(null),
    place: (context: SetupContext) => {
      write(bindingPath(context), "binding");
    },
    load: (context: SetupContext) =>
      Promise.resolve(
        loads && readable(bindingPath(context)) ? { version: "2.21.0" } : { reason: "crashes" },
      ),
  };
}

function readable(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

function source(
  name: string,
  answer: "fails" | "throws" | "works",
  asked: string[],
): TensorflowSource {
  return {
    name,
    provide(context) {
      asked.push(name);
      if (answer === "throws") throw new Error("disk is full");
      if (answer === "fails") return Promise.resolve({ reason: "is not there" });
      return Promise.resolve({ library: libraryIn(context) });
    },
  };
}

function record(context: SetupContext): Record<string, unknown> {
  return JSON.parse(readFileSync(recordPath(context), "utf8")) as Record<string, unknown>;
}

describe("the sources", () => {
  it("are the cache, the package's own download and pip, in this order", () => {
    expect(sourcesFor("").map(({ name }) => name)).toEqual([
      "cache",
      "tfjs-node-gpu's own download",
      "pip",
    ]);
  });

  it("are the named folder alone when the user names one", () => {
    expect(sourcesFor("/opt/tf").map(({ name }) => name)).toEqual(["GAN_STUDIO_TENSORFLOW"]);
  });

  it("are asked until one works", async () => {
    const { context } = emptyProject();
    const asked: string[] = [];
    const sources = [
      source("first", "fails", asked),
      source("second", "throws", asked),
      source("third", "works", asked),
      source("fourth", "works", asked),
    ];
    await expect(provideTensorflow(context, sources, binding(true))).resolves.toContain("third");
    expect(asked).toEqual(["first", "second", "third"]);
    expect(record(context)).toMatchObject({ status: "ready", source: "third", version: "2.21.0" });
    expect(tensorflowIsSettled(context)).toBe(true);
  });

  it("are not asked at all when the binding in place loads", async () => {
    const { context } = emptyProject();
    write(bindingPath(context), "binding");
    const asked: string[] = [];
    await provideTensorflow(context, [source("first", "works", asked)], binding(true));
    expect(asked).toEqual([]);
    expect(record(context)).toMatchObject({ status: "ready", source: "in place" });
  });
});

describe("no TensorFlow", () => {
  it("is written down with every reason and a remedy", async () => {
    const { context } = emptyProject();
    const sources = [source("first", "fails", []), source("second", "works", [])];
    await expect(provideTensorflow(context, sources, binding(false))).resolves.toMatch(/WASM/);
    const written = record(context);
    expect(written).toMatchObject({ status: "missing", version: null });
    expect(written.reason).toBe("first: is not there; second: crashes");
    expect(written.remedy).toMatch(/Python 3 with pip/);
    // The app would load it, and perhaps crash.
    expect(existsSync(bindingPath(context))).toBe(false);
  });

  it("is not looked for at every start, but when asked, or when a program was installed", async () => {
    const { context } = emptyProject();
    await provideTensorflow(context, [], binding(false));
    expect(tensorflowIsSettled(context)).toBe(true);
    expect(tensorflowIsSettled({ ...context, again: true })).toBe(false);
    expect(tensorflowIsSettled({ ...context, environment: { PATH: process.env.PATH } })).toBe(
      false,
    );
  });

  it("is said of a named folder that does not exist or holds none", async () => {
    const { context } = emptyProject({
      environment: { PATH: "", GAN_STUDIO_TENSORFLOW: "/nowhere" },
    });
    await provideTensorflow(context);
    expect(record(context).reason).toBe("GAN_STUDIO_TENSORFLOW: /nowhere does not exist");
    const empty = {
      ...context,
      environment: { PATH: "", GAN_STUDIO_TENSORFLOW: context.places.root },
    };
    await provideTensorflow(empty);
    expect(record(context).reason).toMatch(/holds no TensorFlow library/);
  });
});

describe("a settled TensorFlow", () => {
  it("is unsettled when its library or its binding goes away", async () => {
    const { context } = emptyProject();
    await provideTensorflow(context, [source("only", "works", [])], binding(true));
    rmSync(bindingPath(context));
    expect(tensorflowIsSettled(context)).toBe(false);
  });

  it("is unsettled when another one is named, and left alone by none", async () => {
    const { context } = emptyProject();
    await provideTensorflow(context, [source("only", "works", [])], binding(true));
    const naming = (value: string) => ({
      ...context,
      environment: { PATH: "", GAN_STUDIO_TENSORFLOW: value },
    });
    expect(tensorflowIsSettled(naming("/opt/tf"))).toBe(false);
    expect(tensorflowIsSettled(naming("none"))).toBe(true);
  });

  it("is unsettled when the stamp was never finished", async () => {
    const { context } = emptyProject();
    await provideTensorflow(context, [source("only", "works", [])], binding(true));
    write(join(context.places.stamps, "tensorflow.stamp.json"), '{ "status": "rea');
    expect(tensorflowIsSettled(context)).toBe(false);
  });
});
