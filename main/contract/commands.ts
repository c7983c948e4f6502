/**
 * The one list of what a page or a shell may ask: each command's payload as a schema, its result as
 * a type; a theme a file in `commands/`. Client, preload bridge and handler table are all derived from
 * it, so a command that lacks a handler does not compile.
 */
import type * as v from "valibot";
import type { Command } from "./command.ts";
import { bundleCommands } from "./commands/bundles.ts";
import { datasetCommands } from "./commands/datasets.ts";
import { evaluationCommands } from "./commands/evaluations.ts";
import { exploreCommands } from "./commands/explore.ts";
import { exportCommands } from "./commands/exports.ts";
import { groupCommands } from "./commands/groups.ts";
import { historyCommands } from "./commands/history.ts";
import { systemCommands } from "./commands/system.ts";
import { tagCommands } from "./commands/tags.ts";
import { trainingCommands } from "./commands/training.ts";
import { workCommands } from "./commands/works.ts";

export const commands = {
  ...systemCommands,
  ...datasetCommands,
  ...historyCommands,
  ...tagCommands,
  ...trainingCommands,
  ...groupCommands,
  ...bundleCommands,
  ...exportCommands,
  ...evaluationCommands,
  ...exploreCommands,
  ...workCommands,
};

type Commands = typeof commands;
export type CommandName = keyof Commands;
export type Payload<Name extends CommandName> = v.InferOutput<Commands[Name]["payload"]>;
export type Result<Name extends CommandName> =
  Commands[Name] extends Command<v.GenericSchema, infer Answer> ? Answer : never;

/** One function a command; what the api must provide in full. */
export type Handlers = {
  [Name in CommandName]: (payload: Payload<Name>) => Promise<Result<Name>> | Result<Name>;
};
