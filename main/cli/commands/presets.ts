/** `gan-studio presets`: which presets there are, and one as JSON, to start a specification of one's own from. */
import { presetOf, presets as all } from "../../spec/presets.ts";
import { examples, type AddCommand } from "../command.ts";
import { presetFacts, presetTable } from "../preset-list.ts";

export const presets: AddCommand = (program, perform) => {
  program
    .command("presets")
    .description("Lists the presets, or prints the specification of one as JSON.")
    .argument("[name]", "a preset's name")
    .addHelpText(
      "after",
      "\nA specification's settings are told in docs/specification.md. With --json a preset is a document with\n" +
        "its title, its source and its «specification»; train --spec takes either.\n" +
        examples(program, "presets", "presets lsgan-dc > mine.json", "train --spec mine.json"),
    )
    .action(
      perform(({ words: [name] }) => {
        if (name === undefined) {
          return Promise.resolve({ json: { presets: all.map(presetFacts) }, text: presetTable() });
        }
        const preset = presetOf(name);
        const { specification } = preset;
        return Promise.resolve({
          json: { ...presetFacts(preset), specification },
          text: `${JSON.stringify(specification, null, 2)}\n`,
        });
      }),
    );
};
