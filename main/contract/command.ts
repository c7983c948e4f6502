/** The form of a command: its payload as a schema, its result as a type. */
import type * as v from "valibot";

declare const result: unique symbol;

/** A payload schema that remembers, for the compiler alone, what the command answers. */
export interface Command<Schema extends v.GenericSchema, Result> {
  payload: Schema;
  [result]?: Result;
}

export const answers =
  <Result>() =>
  <Schema extends v.GenericSchema>(payload: Schema): Command<Schema, Result> => ({ payload });
