import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import type { SessionHost } from "../../../../main/api/sessions/host.ts";
import { chosenTensorflow, withTensorflow } from "../../../../main/api/system/tensorflow-choice.ts";
import { requireNoOther } from "../../../../main/api/system/try-tensorflow.ts";
import { root } from "../../../support/packaging/build-package.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";

const own = join(root, "node_modules", "@tensorflow", "tfjs-node-gpu", "deps", "lib");

const ignore = () => undefined;

/** As another installation of the same library, without its most of a gigabyte where the disk allows. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(realpathSync(from), to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}

function recorder(): {
  host: SessionHost;
  started: (Readonly<Record<string, string>> | undefined)[];
} {
  const started: (Readonly<Record<string, string>> | undefined)[] = [];
  const start: SessionHost["start"] = (environment) => {
    started.push(environment);
    return { send: ignore, onMessage: ignore, onExit: ignore, kill: ignore };
  };
  return { host: { start }, started };
}

it("is kept between starts and given to every session", async () => {
  const home = temporaryFolder();
  await chosenTensorflow(home, {}).keep("/tf");
  const chosen = chosenTensorflow(home, {});
  expect(chosen.current()).toEqual({ folder: "/tf", from: "settings" });
  const { host, started } = recorder();
  withTensorflow(host, chosen).start();
  await chosen.keep(null);
  withTensorflow(host, chosen).start();
  withTensorflow(host, chosen).start({ GAN_STUDIO_TENSORFLOW: "/tried" });
  expect(started).toEqual([
    { GAN_STUDIO_TENSORFLOW: "/tf" },
    {},
    { GAN_STUDIO_TENSORFLOW: "/tried" },
  ]);
});

it("gives way to the environment, and says so when something else is chosen", async () => {
  const home = temporaryFolder();
  await chosenTensorflow(home, {}).keep("/tf");
  const chosen = chosenTensorflow(home, { GAN_STUDIO_TENSORFLOW: "/other" });
  expect(chosen.current()).toEqual({ folder: "/other", from: "environment" });
  expect(() => {
    requireNoOther(chosen.current());
  }).toThrow(/GAN_STUDIO_TENSORFLOW names \/other/);
  const { host, started } = recorder();
  withTensorflow(host, chosen).start();
  expect(started).toEqual([{}]);
});

it.each(["", "{", "[]", '{"tensorflow":7}'])("is none where its file holds «%s»", (text) => {
  const home = temporaryFolder();
  writeFileSync(join(home, "settings.json"), text);
  expect(chosenTensorflow(home, {}).current()).toEqual({ folder: null, from: "own" });
});

describe.skipIf(process.platform !== "linux")("a folder that is picked in Settings", () => {
  it.each(["/nonexistent", "relative/tensorflow"])(
    "is refused where it holds none: %s",
    async (folder) => {
      const home = temporaryFolder();
      const api = await openApi({ home });
      await expect(api.invoke("system.useTensorflow", { folder })).rejects.toMatchObject({
        code: "usage",
        message: expect.stringContaining("holds no TensorFlow library") as string,
      });
      await api.close();
      expect(chosenTensorflow(home, {}).current().from).toBe("own");
    },
  );

  it("is refused, and nothing else changes, where its library does not load", async () => {
    const home = temporaryFolder();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "libtensorflow_cc.so.2"), "not a library");
    const api = await openApi({ home });
    await expect(api.invoke("system.useTensorflow", { folder })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("does not load, so it is not used") as string,
    });
    await api.close();
    expect(chosenTensorflow(home, {}).current().from).toBe("own");
  });

  it.skipIf(tensorflowMissing)(
    `is loaded by sessions from then on: ${tensorflowTitle}`,
    async () => {
      const home = temporaryFolder();
      const folder = join(temporaryFolder(), "tensorflow");
      mkdirSync(folder);
      for (const name of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"])
        linkOrCopy(join(own, name), join(folder, name));
      const api = await openApi({ home });
      const before = await api.invoke("system.describe", {});
      expect(before.tensorflow.from).toBe("own");
      const after = await api.invoke("system.useTensorflow", { folder });
      expect(after).toMatchObject({
        engine: "tensorflow",
        tensorflow: { folder, from: "settings" },
      });
      // Not the one that set-up linked, though it is the same: the loader found this one first.
      expect(after.tensorflow.library).toBe(join(folder, "libtensorflow_cc.so.2"));
      expect(JSON.parse(readFileSync(join(home, "settings.json"), "utf8"))).toEqual({
        tensorflow: folder,
      });
      const back = await api.invoke("system.useTensorflow", { folder: null });
      expect(back.tensorflow).toEqual(before.tensorflow);
      await api.close();
    },
  );
});
