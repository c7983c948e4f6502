import { describe, expect, it } from "vitest";
import type { DatasetInfo } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createFakeShell, drawnTerminal } from "./fake-shell.ts";

const info: DatasetInfo = {
  id: "mnist",
  name: "MNIST",
  source: { kind: "idx", path: "/home/someone/data/datasets/mnist" },
  image: { height: 28, width: 28, channels: 1 },
  length: 60_000,
  classCounts: [30_000, 30_000],
  classNames: ["0", "1"],
};

const progressAt = (bytes: number) => ({
  id: "mnist" as const,
  file: "train-images-idx3-ubyte.gz",
  ...{ bytes, total: 10_485_760 },
});

const cancelled = new Problem("download.cancelled", "The download of MNIST was called off.");

describe("data download", () => {
  it("ends with what was downloaded and how to train on it", async () => {
    const shell = createFakeShell({ "datasets.download": () => info });
    expect(await shell.run("data", "download", "mnist")).toBe(0);
    expect(shell.api.calls).toEqual([{ command: "datasets.download", payload: { id: "mnist" } }]);
    expect(shell.printed()).toMatch(/60,000/);
    expect(shell.printed()).toMatch(/gan-studio train --preset lsgan-dc --data mnist/);
    expect(shell.listening() + shell.api.listeners()).toBe(0);
  });

  it("says what could be checked and what could not", async () => {
    const checked = createFakeShell({ "datasets.download": () => info });
    await checked.run("data", "download", "mnist");
    expect(checked.printed()).toMatch(/Checked +the content, by its checksum/);
    const uncheckedFiles = ["a.gz"];
    const unchecked = createFakeShell({ "datasets.download": () => ({ ...info, uncheckedFiles }) });
    await unchecked.run("data", "download", "emnist-digits");
    expect(unchecked.printed()).toMatch(/Checked.*no checksum of these files is published/);
  });

  it("prints one JSON document where that is asked for", async () => {
    const shell = createFakeShell({ "datasets.download": () => info });
    expect(await shell.json("data", "download", "mnist")).toEqual({ code: 0, document: info });
  });

  it("says how far it is every few seconds where nobody looks, of its own download only", async () => {
    const shell = createFakeShell({
      "datasets.download": () => {
        shell.api.emit("dataset.progress", progressAt(1_048_576));
        shell.wait(6000);
        shell.api.emit("dataset.progress", { ...progressAt(7_777_777), id: "kmnist" });
        shell.api.emit("dataset.progress", progressAt(2_097_152));
        shell.api.emit("dataset.progress", progressAt(3_145_728));
        return info;
      },
    });
    await shell.run("data", "download", "mnist");
    expect(shell.said()).toBe("train-images-idx3-ubyte.gz: 2.0 MiB of 10.0 MiB\n");
  });

  it("draws a bar on a terminal and wipes it", async () => {
    const { terminal, drawn } = drawnTerminal();
    const shell = createFakeShell(
      {
        "datasets.download": () => {
          shell.api.emit("dataset.progress", progressAt(5_242_880));
          return info;
        },
      },
      { terminal },
    );
    expect(await shell.run("data", "download", "mnist")).toBe(0);
    expect(drawn()).toMatch(/50%.*5\.0 MiB of 10\.0 MiB/);
  });

  it("is called off at Ctrl-C, and left at once at the second", async () => {
    const { promise, reject } = Promise.withResolvers<DatasetInfo>();
    const shell = createFakeShell({
      "datasets.download": () => {
        shell.interrupt();
        return promise;
      },
      "datasets.cancelDownload": ({ id }) => {
        expect(id).toBe("mnist");
        shell.wait(500);
        shell.interrupt();
        reject(cancelled);
        return { cancelled: true };
      },
    });
    expect(await shell.run("data", "download", "mnist")).toBe(130);
    expect(shell.said()).toMatch(/was called off/);
    expect(shell.left).toEqual([130]);
  });

  it.each([[["data", "download"]], [["data", "download", "imagenet"]]])(
    "refuses %j as wrong usage",
    async (words) => {
      const shell = createFakeShell();
      expect(await shell.run(...words)).toBe(2);
      expect(shell.said()).toMatch(/gan-studio data download --help/);
      expect(shell.homes).toEqual([]);
    },
  );

  it("names the data sets in its help", async () => {
    const shell = createFakeShell();
    expect(await shell.run("data", "download", "--help")).toBe(0);
    expect(shell.printed()).toMatch(/fashion-mnist\s+Fashion-MNIST: Pictures of clothes/);
  });

  it("is what a run on a data set that is not there yet is told of", async () => {
    const shell = createFakeShell({ "datasets.list": () => ({ datasets: [] }) });
    expect(await shell.run("train", "--preset", "vanilla-mlp", "--data", "mnist")).toBe(1);
    expect(shell.said()).toMatch(/not on this machine yet; fetch it with «data download mnist»/);
  });
});
