/** What a table's file tells the store: how the table came to be. */

export interface Migration {
  /** Its place in the one order of all tables' migrations, from 1. Never changed once released. */
  version: number;
  sql: string;
}

export interface Table {
  name: string;
  migrations: readonly Migration[];
}
