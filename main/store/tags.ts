/**
 * Tags of runs. A table of its own, so that lists find runs by a tag without reading them; the key tells
 * tags apart (see main/spec/tags.ts), and a tag has one spelling in the whole history. A run's document
 * has its tags too, so that a list made anew keeps them.
 */
import { tagKey } from "../spec/tags.ts";
import { reading, type Connection, type Home } from "./connection.ts";
import type { Table } from "./table.ts";

export const tags: Table = {
  name: "tags",
  migrations: [
    {
      version: 14,
      sql: `
        CREATE TABLE tags (
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          key TEXT NOT NULL,
          tag TEXT NOT NULL,
          PRIMARY KEY (run, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tagsByKey ON tags (key, tag);
      `,
    },
  ],
};

/** For the columns of a row of `runs`; in the order of the primary key. */
export const tagsColumn = `(SELECT json_group_array(tag ORDER BY key) FROM tags
  WHERE run = runs.id) AS tags`;

/** From what `tagsColumn` selects. */
export const tagsOf = (text: string): string[] => JSON.parse(text) as string[];

/**
 * A condition for rows of `runs`: that it has all tags whose keys `@tags` lists as JSON. The plus keeps
 * SQLite from reading the long row of every run with a tag, instead of the index that lists are found in.
 */
export const hasTags = `+id IN (SELECT run FROM tags WHERE key IN (SELECT value FROM json_each(@tags))
  GROUP BY run HAVING count(*) = json_array_length(@tags))`;

/** A condition for rows of `runs`: that some tag of it is like `@pattern`. */
export const hasTagLike = "id IN (SELECT run FROM tags WHERE tag LIKE @pattern ESCAPE '\\')";

/** Part of a transaction: these are the run's tags then, in the spelling that the history knows. */
export function replaceTags(database: Connection, run: string, wanted: readonly string[]): void {
  const spelling = database
    .prepare<[string], string>("SELECT tag FROM tags WHERE key = ? LIMIT 1")
    .pluck();
  const spelled = wanted.map((tag) => [tagKey(tag), spelling.get(tagKey(tag)) ?? tag] as const);
  database.prepare("DELETE FROM tags WHERE run = ?").run(run);
  const insert = database.prepare("INSERT OR IGNORE INTO tags (run, key, tag) VALUES (?, ?, ?)");
  for (const [key, tag] of spelled) insert.run(run, key, tag);
}

/** Every tag of the history's runs, in the order of the alphabet; the bin's left out. */
export function listTags(home: Home): { tag: string; runs: number }[] {
  return reading(home, (database) =>
    database
      .prepare<[], { tag: string; runs: number }>(
        `SELECT min(tag) AS tag, count(*) AS runs FROM tags
         WHERE run NOT IN (SELECT run FROM bin) GROUP BY key ORDER BY key`,
      )
      .all(),
  );
}
