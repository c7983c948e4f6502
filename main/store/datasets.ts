/** Data sets: what was added and where it lies. The images stay in their own files. */
import type { DataSource } from "../spec/data.ts";
import type { ImageShape } from "../spec/shape.ts";
import { reading, storing, type Home } from "./connection.ts";
import { writeDatasetFile } from "./dataset-file.ts";
import type { Table } from "./table.ts";

export const datasets: Table = {
  name: "datasets",
  migrations: [
    {
      version: 6,
      sql: `
        CREATE TABLE datasets (
          id TEXT NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          source TEXT NOT NULL,
          image TEXT NOT NULL,
          length INTEGER NOT NULL,
          classCounts TEXT NOT NULL,
          addedAt INTEGER NOT NULL
        ) STRICT;
      `,
    },
    { version: 7, sql: "ALTER TABLE datasets ADD COLUMN files TEXT NOT NULL DEFAULT '{}';" },
  ],
};

/** What is told of data sets that are made of many files. */
interface ManyFiles {
  classNames?: string[];
  unusable?: { file: string; reason: string }[];
  unusableCount?: number;
}

export interface DatasetRow extends ManyFiles {
  id: string;
  name: string;
  source: DataSource;
  image: ImageShape;
  length: number;
  /** Images of each class, in class order; empty without labels. */
  classCounts: number[];
  /** Milliseconds since 1970. */
  addedAt: number;
}

type StoredRow = Record<"id" | "name" | "source" | "image" | "classCounts" | "files", string> &
  Record<"length" | "addedAt", number>;

const rowOf = ({ files, ...row }: StoredRow): DatasetRow => ({
  ...row,
  ...(JSON.parse(files) as ManyFiles),
  source: JSON.parse(row.source) as DataSource,
  image: JSON.parse(row.image) as ImageShape,
  classCounts: JSON.parse(row.classCounts) as number[],
});

/** Adds a data set, or replaces what was known under its id. */
export function putDataset(home: Home, row: DatasetRow): void {
  const { classNames, unusable, unusableCount, ...stored } = row;
  storing(home, (database) => {
    database
      .prepare(
        `INSERT OR REPLACE INTO datasets
         VALUES (@id, @name, @source, @image, @length, @classCounts, @addedAt, @files)`,
      )
      .run({
        ...stored,
        files: JSON.stringify({ classNames, unusable, unusableCount }),
        source: JSON.stringify(row.source),
        image: JSON.stringify(row.image),
        classCounts: JSON.stringify(row.classCounts),
      });
    writeDatasetFile(home.folder, listDatasets(home));
  });
}

/** Forgets a data set; false when there was none. Its files are not touched. */
export function removeDataset(home: Home, id: string): boolean {
  return storing(home, (database) => {
    const { changes } = database.prepare("DELETE FROM datasets WHERE id = ?").run(id);
    if (changes > 0) writeDatasetFile(home.folder, listDatasets(home));
    return changes > 0;
  });
}

/** Undefined when there is none. */
export function findDataset(home: Home, id: string): DatasetRow | undefined {
  const row = reading(home, (database) =>
    database.prepare<[string], StoredRow>("SELECT * FROM datasets WHERE id = ?").get(id),
  );
  return row && rowOf(row);
}

/** In the order in which they were added. */
export function listDatasets(home: Home): DatasetRow[] {
  const rows = reading(home, (database) =>
    database.prepare<[], StoredRow>("SELECT * FROM datasets ORDER BY addedAt, id").all(),
  );
  return rows.map(rowOf);
}
