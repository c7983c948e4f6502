/** Commander's own complaints as sentences like all others, with where to read on. */
import { CommanderError, type Command } from "commander";
import { Problem } from "../spec/problem.ts";

/** What other programs call our commands, where that is too far away for a misspelling. */
const otherNames: Readonly<Record<string, string>> = {
  ...{ rm: "delete", remove: "delete", del: "delete", undelete: "restore" },
  ...{ ls: "runs", list: "runs", history: "runs", info: "show", status: "show" },
  ...{ eval: "evaluate", metrics: "evaluate", score: "evaluate" },
  ...{ start: "train", fit: "train", continue: "resume", generate: "sample" },
  ...{ datasets: "data list", download: "data download", server: "serve", web: "serve" },
};

/** Everything else that was thrown stays what it is. */
export function asProblem(thrown: unknown, words: readonly string[], program: Command): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  // «gan-studio data» alone: commander has printed that command's help instead of an error.
  if (thrown.code === "commander.help")
    return new Problem("usage", "Name one of the commands above.");
  const [first = "", ...others] = thrown.message.replace(/^error: /, "").split("\n");
  const sentence = [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(" ");
  const ended = /[.?)]$/.test(sentence) ? sentence : `${sentence}.`;
  const hint = others.length === 0 ? hintFor(sentence) : "";
  return new Problem("usage", `${ended}${hint} See: ${helpFor(words, program)}`);
}

function hintFor(sentence: string): string {
  const typed = /^Unknown command '(.+)'/.exec(sentence)?.[1] ?? "";
  const meant = Object.hasOwn(otherNames, typed) ? otherNames[typed] : undefined;
  return meant === undefined ? "" : ` Did you mean «${meant}»?`;
}

/** Where to read on: the help of the command that was meant, or of the command that it belongs to. */
function helpFor(words: readonly string[], program: Command): string {
  const path = [program.name()];
  let at = program;
  for (const word of words) {
    const next = at.commands.find((command) => command.name() === word);
    if (!next) continue;
    path.push(word);
    at = next;
  }
  return [...path, "--help"].join(" ");
}
