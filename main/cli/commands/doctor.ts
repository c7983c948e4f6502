/** `gan-studio doctor`: what this machine has, and what would make training faster. */
import type { TensorflowChoice } from "../../contract/gpu.ts";
import type { SystemDescription } from "../../contract/system.ts";
import { examples, type AddCommand } from "../command.ts";
import { bytes, plural } from "../format.ts";
import { facts } from "../table.ts";

/** Who named the TensorFlow that is used. */
const chosenBy: Record<TensorflowChoice["from"], string> = {
  environment: " (by GAN_STUDIO_TENSORFLOW)",
  settings: " (by Settings)",
  own: "",
};

const pageOf = (system: SystemDescription): string => {
  const found = facts([
    ["GAN Studio", system.version],
    ["System", `${system.platform}, Node ${system.node.replace(/^v/, "")}`],
    ["Machine", `${plural(system.cores, "core")}, ${bytes(system.memoryBytes)} of memory`],
    ["Engine", `${system.engine} (${system.engineVersion})`],
    ["Device", `${system.device}, ${plural(system.threads, "thread")}`],
    ...(system.tensorflow.library === null
      ? []
      : ([
          ["Library", `${system.tensorflow.library}${chosenBy[system.tensorflow.from]}`],
        ] as const)),
    ...system.gpu.findings.map(({ name, text }) => [name, text] as const),
    ["Data folder", system.home],
  ]);
  const advice = system.advice.map((line) => `- ${line}\n`).join("");
  const { summary, remedy } = system.gpu;
  const gpu = `\n${summary}\n${remedy === null ? "" : `${remedy}\n`}`;
  if (advice !== "") return `${found}${gpu}\nFor more speed:\n${advice}`;
  return `${found}${gpu}${remedy === null ? "Nothing is missing.\n" : ""}`;
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
