/** From a name and a payload of unknown shape to the handler's answer: the only door for commands. */
import * as v from "valibot";
import { Problem } from "../spec/problem.ts";
import { commands, type CommandName, type Handlers } from "./commands.ts";
import { hasLongArray, longestArray } from "./long-array.ts";

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** Throws `usage` for an unknown command or a payload that does not fit, naming the field. */
export async function dispatch(
  handlers: Handlers,
  name: string,
  payload: unknown,
): Promise<unknown> {
  if (!isCommand(name)) throw new Problem("usage", `There is no command «${name.slice(0, 80)}».`);
  if (hasLongArray(payload)) {
    const most = longestArray.toLocaleString("en");
    throw new Problem("usage", `${name}: a list in it has more than ${most} entries; send fewer.`);
  }
  const parsed = v.safeParse(commands[name].payload, payload);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue) ?? "payload";
    throw new Problem("usage", `${name}, ${place}: ${issue.message}.`);
  }
  return await (handlers[name] as (payload: unknown) => unknown)(parsed.output);
}
