/** The form of a command: it adds itself to the program and turns what was typed into an outcome. */
import type { Command } from "commander";
import type { Api } from "../api/api.ts";
import type { Client } from "../contract/client.ts";
import type { Outcome } from "./outcome.ts";
import type { Shell } from "./shell.ts";

/** Milliseconds that live sessions get for saving, as in the desktop app; Ctrl-C again leaves before. */
export const savingTime = 5 * 60_000;

/** Options that every command has. */
export interface SharedOptions {
  home?: string;
  json?: true;
}

export interface Product {
  api: Api;
  client: Client;
}

export interface Given<Options> {
  shell: Shell;
  /** The data folder, absolute. */
  home: string;
  /** Arguments that are no options, in order. */
  words: string[];
  options: Options & SharedOptions;
  /** Opens the data folder for as long as `use` takes; its live sessions are saved and ended after. */
  withApi: <T>(use: (product: Product) => Promise<T>) => Promise<T>;
}

/** Wraps a command's work for commander. `Options` is what its `.option` calls declare. */
export type Perform = <Options>(
  work: (given: Given<Options>) => Promise<Outcome>,
) => (...given: unknown[]) => Promise<void>;

export type AddCommand = (program: Command, perform: Perform) => void;

/** The end of a command's help: what a person would type. */
export const examples = (program: Command, ...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${program.name()} ${line}`).join("\n")}`;
