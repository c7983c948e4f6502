/** `gan-studio tag` and `gan-studio tags`: words to find runs again by. */
import { parseTag } from "../../spec/tags.ts";
import { examples, type AddCommand } from "../command.ts";
import { count } from "../format.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { table } from "../table.ts";
import { several } from "../values.ts";

interface TagOptions {
  remove?: string[];
}

export const tag: AddCommand = (program, perform) => {
  program
    .command("tag")
    .description("Gives tags to a run, or takes them; tells its tags when none is named.")
    .argument("<run>", runArgument)
    .argument("[tags...]", "tags to give; one of several words in quotation marks")
    .option("--remove <tag>", "take this tag from the run; can be given again", several)
    .addHelpText(
      "after",
      examples(program, "tag last baseline", 'tag last "good faces" --remove draft', "tag last"),
    )
    .action(
      perform<TagOptions>(async ({ shell, words: [typed = "", ...add], options, withApi }) => {
        const wish = { add: add.map(parseTag), remove: options.remove ?? [] };
        const run = await withApi(async ({ client }) => {
          const before = await runOf(client, typed);
          if (wish.add.length + wish.remove.length === 0) return before;
          const lacking = wish.remove.filter((tag) => !before.tags.includes(tag));
          for (const tag of lacking) shell.say(`${before.id} has no tag «${tag}» to take.`);
          const { changes } = await client.runs.tag({ ids: [before.id], ...wish });
          return changes[0]?.run ?? before;
        });
        const text = run.tags.length === 0 ? "no tags" : run.tags.join(", ");
        return { json: run, text: `${run.id}: ${text}\n` };
      }),
    );
};

export const tags: AddCommand = (program, perform) => {
  program
    .command("tags")
    .description("Lists all tags, and how many runs have each.")
    .addHelpText("after", examples(program, "tags", "tags --json"))
    .action(
      perform(async ({ shell, withApi }) => {
        const list = await withApi(({ client }) => client.tags.list({}));
        const rows = list.tags.map(({ tag, runs }) => [tag, count(runs)]);
        const text =
          rows.length === 0
            ? `No run has a tag yet. Give one: ${shell.program} tag last baseline\n`
            : table([{ title: "TAG" }, { title: "RUNS", numeric: true }], rows);
        return { json: list, text };
      }),
    );
};
