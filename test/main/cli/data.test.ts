import { join } from "node:path";
import { expect, it } from "vitest";
import type { DatasetInfo } from "../../../main/contract/system.ts";
import { builtInDigits } from "../../../main/spec/data.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createFakeShell, drawnTerminal } from "./fake-shell.ts";

const image = { height: 28, width: 28, channels: 1 as const };
const info = { id: "mnist-1", name: "MNIST", image, length: 60_000, classCounts: [1, 2] };
const idx = { ...info, source: { kind: "idx" as const, path: "/mnist" } };

it("lists data sets", async () => {
  const digits = { ...info, id: "digits", source: builtInDigits, classCounts: [] };
  const shell = createFakeShell({ "datasets.list": () => ({ datasets: [digits, idx] }) });
  expect(await shell.run("data", "list")).toBe(0);
  expect(shell.printed()).toMatch(/digits.*60,000.*28×28×1.*built in\n.*\/mnist\n$/);
});

it("adds a path by its absolute name", async () => {
  const shell = createFakeShell(
    { "datasets.add": () => idx },
    { folder: join(import.meta.dirname, "..") },
  );
  expect(await shell.run("data", "add", "cli", "--name", "MNIST")).toBe(0);
  expect(shell.api.calls[0]?.payload).toEqual({ source: import.meta.dirname, name: "MNIST" });
  expect(shell.printed()).toContain("--data mnist-1");
});

it("adds pictures as they are wanted, and names the files that are left out", async () => {
  const unusable = Array.from({ length: 22 }, (_, i) => ({
    file: `a\u001b[2J${i}.png`,
    reason: "it is empty",
  }));
  const faces = { ...idx, classCounts: [4, 5], classNames: ["cat", "dog"] };
  const shell = createFakeShell(
    { "datasets.add": () => ({ ...faces, unusable, unusableCount: 1022 }) },
    { folder: join(import.meta.dirname, "..") },
  );
  const options = ["--size", "32", "--grey", "--filter", "front"];
  expect(await shell.run("data", "add", "cli", ...options)).toBe(0);
  expect(shell.api.calls[0]?.payload).toEqual({
    source: import.meta.dirname,
    image: { height: 32, width: 32, channels: 1 },
    filter: "front",
  });
  expect(shell.printed()).toContain("cat 4, dog 5");
  expect(shell.printed()).toMatch(/\n1,022 files left out:\n {2}a�\[2J0\.png: it is empty\n/);
  expect(shell.printed()).toMatch(/19\.png: it is empty\n {2}and 1,002 more\n$/);
});

const preparing = (done: number, source = import.meta.dirname) => ({
  ...{ source, stage: "pictures" as const, done, total: 20_000, secondsLeft: 75 },
});

it("says how far an addition is where nobody looks, but nothing beside a JSON document", async () => {
  const adding = () =>
    createFakeShell(
      {
        "datasets.add": () => {
          const shell = shells.at(-1)!;
          shell.api.emit("dataset.preparing", preparing(100));
          shell.wait(6000);
          shell.api.emit("dataset.preparing", preparing(9000, "/another"));
          shell.api.emit("dataset.preparing", preparing(5000));
          return idx;
        },
      },
      { folder: join(import.meta.dirname, "..") },
    );
  const shells = [adding()];
  expect(await shells[0]!.run("data", "add", "cli")).toBe(0);
  expect(shells[0]!.said()).toBe("Preparing pictures: 5,000 of 20,000  1 min 15 s left\n");
  expect(shells[0]!.listening() + shells[0]!.api.listeners()).toBe(0);
  shells.push(adding());
  expect((await shells[1]!.json("data", "add", "cli")).document).toEqual(idx);
  expect(shells[1]!.said()).toBe("");
});

it("draws a bar for an addition where someone looks", async () => {
  const { terminal, drawn } = drawnTerminal();
  const shell = createFakeShell(
    {
      "datasets.add": () => {
        shell.api.emit("dataset.preparing", preparing(5000));
        return idx;
      },
    },
    {
      folder: join(import.meta.dirname, ".."),
      terminal,
    },
  );
  expect(await shell.run("data", "add", "cli")).toBe(0);
  expect(drawn()).toMatch(/Preparing pictures.*25%.*5,000 of 20,000 {2}1 min 15 s left/);
});

it("calls an addition off at Ctrl-C, and leaves at once at the second", async () => {
  const { promise, reject } = Promise.withResolvers<DatasetInfo>();
  const shell = createFakeShell(
    {
      "datasets.add": () => {
        shell.interrupt();
        return promise;
      },
      "datasets.cancelAdd": ({ source }) => {
        expect(source).toBe(import.meta.dirname);
        shell.wait(500);
        shell.interrupt();
        reject(new Problem("download.cancelled", "It was called off."));
        return { cancelled: true };
      },
    },
    { folder: join(import.meta.dirname, "..") },
  );
  expect(await shell.run("data", "add", "cli")).toBe(130);
  expect(shell.said()).toBe("It was called off.\n");
  expect(shell.left).toEqual([130]);
});

it("advises a training that the data set can fill, in colour where it is in colour", async () => {
  const side = { height: 64, width: 64, channels: 3 as const };
  const source = { kind: "folder" as const, path: "/pics", filter: "", ...side };
  const shell = createFakeShell(
    { "datasets.add": () => ({ ...info, id: "folder-1", source, image: side, length: 40 }) },
    { folder: join(import.meta.dirname, "..") },
  );
  expect(await shell.run("data", "add", "cli")).toBe(0);
  expect(shell.printed()).toContain("train --preset sngan-32 --data folder-1 --set batchSize=32\n");
});

it("takes one off the list", async () => {
  for (const typed of ["mnist-1", "MNIST"]) {
    const shell = createFakeShell({
      "datasets.list": () => ({ datasets: [idx] }),
      "datasets.remove": ({ id }) => ({ id }),
    });
    expect(await shell.run("data", "remove", typed)).toBe(0);
    expect(shell.api.calls.at(-1)?.payload).toEqual({ id: "mnist-1" });
    expect(shell.printed()).toBe("Removed mnist-1.\n");
  }
});

it("says that a path is not there", async () => {
  const shell = createFakeShell();
  expect(await shell.run("data", "add", "nowhere")).toBe(1);
  expect(shell.said()).toContain("/work/nowhere");
});
