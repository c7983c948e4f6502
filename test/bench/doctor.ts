/**
 * The Doctor against real runs, as tables in Markdown: which illness is found as what and when, and
 * whether its first remedy clears it; and what is said of healthy runs of the presets, where every warning is one
 * too many.
 *
 *   node test/bench/doctor.ts ill [--runs dense,lsgan-dc/8] [--illnesses swappedLabels,…] [--seeds 1] [--steps 300]
 *     [--after 300] [--data …]
 *   node test/bench/doctor.ts healthy [--presets a,b/8] [--seeds 1,2] [--epochs 5] [--images 6000] [--data …]
 *
 * Without --data on the built-in digits; without --images on as many as each preset trains on. «/8»: a
 * preset with an eighth of its units. Presets for colour pictures get the digits enlarged, three as one.
 */
import { parseArgs } from "node:util";
import type { DataSource } from "../../main/spec/data.ts";
import type { Finding } from "../../main/spec/doctor/finding.ts";
import { presets } from "../../main/spec/presets.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { presetFor, watchHealthy } from "../support/doctor/healthy.ts";
import { provoke } from "../support/doctor/provoke.ts";
import { convolutionalRun, denseRun, illnesses } from "../support/illnesses.ts";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "vanilla-mlp,dense,convolutional,lsgan-dc/8,wgan-gp/8" },
    illnesses: { type: "string" },
    steps: { type: "string", default: "300" },
    presets: { type: "string" },
    seeds: { type: "string" },
    after: { type: "string", default: "300" },
    epochs: { type: "string", default: "5" },
    images: { type: "string" },
    data: { type: "string" },
  },
});

const print = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
const header = (titles: readonly string[]) => {
  print(titles);
  print(titles.map(() => "---"));
};
const words = (findings: readonly Finding[]): string =>
  findings.map(({ id, severity }) => `${id} (${severity})`).join(", ") || "nothing";

const source: DataSource | undefined =
  given.data === undefined ? undefined : { kind: "idx", path: given.data };

const small: Readonly<Record<string, () => Specification>> = {
  dense: denseRun,
  convolutional: convolutionalRun,
};

function runOf(name: string): Specification {
  const specification = small[name]?.() ?? presetFor(name);
  if (!source) return specification;
  return { ...specification, data: { ...specification.data, source } };
}

const seedsOr = (usual: string): number[] => (given.seeds ?? usual).split(",").map(Number);

async function ill(): Promise<void> {
  const { steps, after, illnesses: wanted = Object.keys(illnesses).join() } = given;
  header([
    "run",
    "seed",
    "illness",
    "found (step)",
    "first remedy",
    `after ${after} steps with it`,
  ]);
  const cells = given.runs.split(",").flatMap((name) =>
    Object.entries(illnesses)
      .filter(([id]) => wanted.split(",").includes(id))
      .map(([, illness]) => ({ name, illness })),
  );
  for (const { name, illness } of cells) {
    for (const seed of seedsOr("1")) {
      const healthyRun = { ...runOf(name), seed };
      const { found, isFound, treatment } = await provoke(illness, healthyRun, {
        ...{ steps: Number(steps), toTheEnd: true, treatedFor: Number(after) },
      });
      print([
        ...[name, seed.toString(), illness.name],
        `${isFound ? "" : "**not as expected**: "}${found.map(({ step, finding }) => `${words([finding])} ${step.toString()}`).join(", ") || "nothing"}`,
        treatment?.how ?? "–",
        treatment
          ? `${treatment.cleared ? "cleared" : "**stays**"}: ${words(treatment.after)}`
          : "–",
      ]);
    }
  }
}

async function healthy(): Promise<void> {
  header([
    "run",
    "seed",
    "steps",
    "told (first to last step)",
    "diversity at the end",
    "checkups",
    "s",
  ]);
  for (const id of given.presets?.split(",") ?? presets.map((preset) => preset.id)) {
    for (const seed of seedsOr("1,2")) {
      const images = given.images === undefined ? null : Number(given.images);
      const epochs = Number(given.epochs);
      const seen = await watchHealthy(runOf(id), { seed, epochs, images });
      const told = seen.told.map(
        ({ finding, first, last }) =>
          `${words([finding])} ${first.toString()}–${last.toString()}: ${finding.numbers}`,
      );
      print([
        ...[id, seed.toString(), seen.steps.toString(), told.join("; ") || "nothing"],
        seen.diversity.toFixed(2),
        `${(100 * seen.checkups).toFixed(1)} %`,
        seen.seconds.toFixed(0),
      ]);
    }
  }
}

await (positionals[0] === "healthy" ? healthy() : ill());
