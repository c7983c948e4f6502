/**
 * Data sets by script: three that are there, downloads and additions that take nine seconds with all
 * their events, and a measurement of the machine. A path with «missing» in it fails.
 */
import type { Handlers } from "../../../main/contract/commands.ts";
import type { EventName, Events } from "../../../main/contract/events.ts";
import type { DatasetInfo } from "../../../main/contract/system.ts";
import { downloads } from "../../../main/spec/downloads.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { pixelsOfDigits } from "./digits.ts";

type Emit = <Name extends EventName>(event: Name, detail: Events[Name]) => void;

const grey = { height: 28, width: 28, channels: 1 } as const;

const first: DatasetInfo[] = [
  {
    ...{ id: "digits", name: "Built-in digits", image: grey, length: 20_000 },
    source: { kind: "digits", count: 20_000, seed: 1 },
    classCounts: [1987, 2014, 1991, 2033, 1976, 2001, 2022, 1969, 2008, 1999],
  },
  {
    ...{ id: "mnist", name: "MNIST", image: grey, length: 60_000 },
    source: { kind: "idx", path: "/home/ada/.local/share/gan-studio/datasets/mnist" },
    classCounts: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    classNames: [...downloads.mnist.classNames],
  },
  {
    ...{ id: "folder-1c2d3e4f", name: "Scanned notes", image: grey, length: 1480 },
    source: {
      ...{ kind: "folder", path: "/home/ada/pictures/notes", filter: "" },
      ...grey,
    },
    classCounts: [],
    unusableCount: 3,
  },
];

const unusable = [
  { file: "cover.tiff", reason: "It is a TIFF file; PNG, JPEG, WebP and BMP can be used." },
  { file: "page-017.png", reason: "It ends in the middle of the picture." },
  { file: "page-204.jpg", reason: "It is empty." },
];

/** Calls `step` eleven times within nine seconds; rejects with what `controller` is aborted with. */
async function takingTime(signal: AbortSignal, step: (share: number) => void): Promise<void> {
  for (let done = 0; done <= 10; done += 1) {
    step(done / 10);
    await new Promise((resolve) => setTimeout(resolve, 800));
    signal.throwIfAborted();
  }
}

export function scriptedData(emit: Emit): Partial<Handlers> {
  let all = first;
  const running = new Map<string, AbortController>();
  const found = (id: string): DatasetInfo => {
    const dataset = all.find((known) => known.id === id);
    if (dataset) return dataset;
    throw new Problem("data.unknown", `There is no data set «${id}».`);
  };
  const keep = (dataset: DatasetInfo) => {
    all = [...all.filter(({ id }) => id !== dataset.id), dataset];
    return dataset;
  };
  const callOff = (key: string, words: string) => {
    running.get(key)?.abort(new Problem("download.cancelled", words));
    return { cancelled: running.has(key) };
  };
  async function run<Result>(key: string, work: (signal: AbortSignal) => Promise<Result>) {
    const controller = new AbortController();
    running.set(key, controller);
    try {
      return await work(controller.signal);
    } finally {
      running.delete(key);
    }
  }

  return {
    "datasets.list": () => ({ datasets: [...all] }),
    "datasets.get": ({ id }) => ({ ...found(id), unusable }),
    "datasets.preview": ({ id, count }) => pixelsOfDigits(count, id.length),
    "datasets.remove": ({ id }) => {
      all = all.filter((dataset) => dataset.id !== id);
      return { id };
    },
    "datasets.download": ({ id }) =>
      run(id, async (signal) => {
        const { title, classNames, images } = downloads[id];
        await takingTime(signal, (share) => {
          const total = 30_000_000;
          const file = "train-images-idx3-ubyte.gz";
          emit("dataset.progress", { id, file, bytes: share * total, total });
        });
        return keep({
          ...{ id, name: title, image: grey, length: images, classNames: [...classNames] },
          source: { kind: "idx", path: `/home/ada/.local/share/gan-studio/datasets/${id}` },
          classCounts: classNames.map(() => images / classNames.length),
        });
      }),
    "datasets.cancelDownload": ({ id }) =>
      callOff(id, "The download was called off. What has arrived is kept."),
    "datasets.add": ({ source, name }) => {
      const path = typeof source === "string" ? source : "path" in source ? source.path : "digits";
      return run(path, async (signal) => {
        if (path.includes("missing"))
          throw new Problem(
            "data.missing",
            `There is no file or folder «${path}». Check the path on the machine where GAN Studio runs.`,
          );
        await takingTime(signal, (share) => {
          const secondsLeft = share > 0.2 ? 3 - share * 3 : null;
          const amount = { done: Math.round(share * 900), total: 900, secondsLeft };
          emit("dataset.preparing", { source: path, stage: "pictures", ...amount });
        });
        return keep({
          ...{ id: "folder-added", name: name ?? "pictures", image: grey, length: 900 },
          source: { kind: "folder", path, filter: "", ...grey },
          classCounts: [],
        });
      });
    },
    "datasets.cancelAdd": ({ source }) =>
      callOff(source, `${source} was called off; nothing of it was kept.`),
    "system.bench": async ({ preset }) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return {
        ...{ preset, engine: "tensorflow", device: "CPU", threads: 2, note: null },
        modes: [
          { mode: "compiled", msPerStep: 118.4, imagesPerSecond: 1081, compileMs: 940 },
          { mode: "eager", msPerStep: 171.9, imagesPerSecond: 745 },
        ],
      };
    },
  };
}
