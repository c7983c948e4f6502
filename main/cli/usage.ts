/** Commander's own complaints as sentences like all others, with where to read on. */
import { CommanderError, type Command } from "commander";
import { Problem } from "../spec/problem.ts";

type Names = Readonly<Record<string, string>>;

/** What other programs call our commands, where that is too far away for a misspelling. */
const otherNames: Names = {
  ...{ rm: "delete", remove: "delete", del: "delete", undelete: "restore" },
  ...{ ls: "runs", list: "runs", history: "runs", info: "show", status: "show" },
  ...{ eval: "evaluate", metrics: "evaluate", score: "evaluate" },
  ...{ start: "train", fit: "train", continue: "resume", generate: "sample" },
  ...{ datasets: "data list", download: "data download", server: "serve", web: "serve" },
};

const otherNamesOfData: Names = {
  ...{ rm: "data remove", delete: "data remove", ls: "data list", show: "data list" },
  ...{ import: "data add", fetch: "data download", get: "data download" },
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
  const path = meantCommand(words, program);
  // Commander's own suggestion stands in a line of its own.
  const hint = others.length === 0 ? hintFor(sentence, path) : "";
  return new Problem(
    "usage",
    `${ended}${hint} See: ${[program.name(), ...path, "--help"].join(" ")}`,
  );
}

function hintFor(sentence: string, path: readonly string[]): string {
  const typed = /^Unknown command '(.+)'/.exec(sentence)?.[1] ?? "";
  const names = path[0] === "data" ? otherNamesOfData : otherNames;
  return Object.hasOwn(names, typed) ? ` Did you mean «${names[typed] ?? ""}»?` : "";
}

/** Empty, these mean that nothing is looked for. */
const mayBeEmpty: ReadonlySet<string> = new Set(["search", "filter"]);

/**
 * Throws `usage` for what is empty, as of a script's variable that is not set: as a path it would be the
 * current folder, and a run would be trained on whatever lies there.
 */
export function requireFilled(
  options: Readonly<Record<string, unknown>>,
  words: readonly string[],
) {
  const empty = Object.keys(options).find((name) => options[name] === "" && !mayBeEmpty.has(name));
  if (empty !== undefined) {
    const option = empty.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new Problem("usage", `--${option} is empty; name something, or leave it out.`);
  }
  if (words.includes("")) throw new Problem("usage", "An argument is empty; name something.");
}

/** As far as what was typed names commands: «data», «add». */
function meantCommand(words: readonly string[], program: Command): string[] {
  const path: string[] = [];
  let at = program;
  for (const word of words) {
    const next = at.commands.find((command) => command.name() === word);
    if (!next) continue;
    path.push(word);
    at = next;
  }
  return path;
}
