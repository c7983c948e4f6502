/** What the page asks of its window: from a name and a payload of unknown shape to the answer. */
import * as v from "valibot";
import { desktopCommands, type DesktopCommand, type DesktopHandlers } from "../contract/desktop.ts";
import { Problem } from "../spec/problem.ts";

const isKnown = (name: string): name is DesktopCommand => Object.hasOwn(desktopCommands, name);

/** Throws `usage` for an unknown question or a payload that does not fit. */
export async function answerDesktop(
  handlers: DesktopHandlers,
  name: string,
  payload: unknown,
): Promise<unknown> {
  if (!isKnown(name)) throw new Problem("usage", `There is no command «${name.slice(0, 80)}».`);
  const parsed = v.safeParse(desktopCommands[name], payload);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue) ?? "payload";
    throw new Problem("usage", `${name}, ${place}: ${issue.message}.`);
  }
  return await (handlers[name] as (payload: unknown) => unknown)(parsed.output);
}
