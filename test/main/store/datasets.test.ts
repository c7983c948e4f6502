import { describe, expect, it } from "vitest";
import {
  findDataset,
  listDatasets,
  putDataset,
  type DatasetRow,
} from "../../../main/store/datasets.ts";
import { openExample } from "./support/example.ts";

const dataset: DatasetRow = {
  id: "fashion",
  name: "Fashion «1»",
  source: { kind: "idx", path: "/data/fashion's images.gz" },
  image: { height: 28, width: 28, channels: 1 },
  length: 60_000,
  classCounts: [6000, 54_000],
  addedAt: 1000,
};

describe("datasets", () => {
  it("come back as they were added, in that order", () => {
    const home = openExample();
    const digits: DatasetRow = {
      ...dataset,
      id: "digits",
      source: { kind: "digits", count: 20_000, seed: 1 },
      classCounts: [],
      addedAt: 2000,
    };
    putDataset(home, digits);
    putDataset(home, dataset);
    expect(listDatasets(home)).toEqual([dataset, digits]);
    expect(findDataset(home, "digits")).toEqual(digits);
    expect(findDataset(home, "none")).toBeUndefined();
  });

  it("of many files keep the names of their classes and the files that are left out", () => {
    const home = openExample();
    const faces: DatasetRow = {
      ...dataset,
      classNames: ["cat", "dog’s"],
      unusable: [{ file: "cat/a.png", reason: "it is empty" }],
      unusableCount: 1,
    };
    putDataset(home, faces);
    expect(findDataset(home, "fashion")).toEqual(faces);
  });

  it("are replaced under the same id", () => {
    const home = openExample();
    putDataset(home, dataset);
    putDataset(home, { ...dataset, name: "Renamed", length: 5 });
    expect(listDatasets(home)).toEqual([{ ...dataset, name: "Renamed", length: 5 }]);
  });

  it("refuse a length that is not a whole number", () => {
    const home = openExample();
    expect(() => {
      putDataset(home, { ...dataset, length: 1.5 });
    }).toThrow(/INTEGER/);
    expect(listDatasets(home)).toEqual([]);
  });
});
