/** `gan-studio doctor`: what this machine has, and what would make training faster. */
import type { SystemDescription } from "../../contract/system.ts";
import { examples, type AddCommand } from "../command.ts";
import { bytes, plural } from "../format.ts";
import { facts } from "../table.ts";

const pageOf = (system: SystemDescription): string => {
  const found = facts([
    ["GAN Studio", system.version],
    ["System", `${system.platform}, Node ${system.node.replace(/^v/, "")}`],
    ["Machine", `${plural(system.cores, "core")}, ${bytes(system.memoryBytes)} of memory`],
    ["Engine", `${system.engine} (${system.engineVersion})`],
    ["Device", `${system.device}, ${plural(system.threads, "thread")}`],
    ["Data folder", system.home],
  ]);
  const advice = system.advice.map((line) => `- ${line}\n`).join("");
  return advice === "" ? `${found}\nNothing is missing.\n` : `${found}\nFor more speed:\n${advice}`;
};

export const doctor: AddCommand = (program, perform) => {
  program
    .command("doctor")
    .description("Tells what this machine has: engine, device, versions, data folder, advice.")
    .addHelpText("after", examples(program, "doctor", "doctor --json"))
    .action(
      perform(async ({ withApi }) => {
        const system = await withApi(({ client }) => client.system.describe({}));
        return { json: system, text: pageOf(system) };
      }),
    );
};
