/** What an export tells of its run: in the model card, on the page, in the files' metadata. */
import { isDeepStrictEqual } from "node:util";
import { dataRights } from "../exporting/card-data.ts";
import type { CardContent } from "../exporting/card.ts";
import type { ExportModel } from "../exporting/model.ts";
import { presets } from "../spec/presets.ts";
import { inferSpecification, type Specification } from "../spec/specification.ts";
import type { ExportJob, WrittenFormat } from "./export-messages.ts";

type Facts = [name: string, value: string][];

const counted = (value: number): string => value.toLocaleString("en");

const plural = (value: number, noun: string): string =>
  `${counted(value)} ${noun}${value === 1 ? "" : "s"}`;

const imageWords = ({ specification: { image } }: ExportJob): string =>
  `${image.height}×${image.width} ${image.channels === 1 ? "grey" : "RGB"}`;

/** One line. */
export const subtitleOf = (job: ExportJob): string => {
  const { parameters } = inferSpecification(job.specification)[job.player];
  const { epoch, step, dataset } = job.run;
  return `${imageWords(job)} · ${counted(parameters)} parameters · epoch ${counted(epoch)}, step ${counted(step)} · ${dataset}`;
};

/** Into the metadata of the files: what cannot be read off the network. */
export const factsOf = ({ run }: ExportJob): Record<string, string> => ({
  run: run.id,
  name: run.name,
  step: run.step.toString(),
  epoch: run.epoch.toString(),
  dataset: run.dataset,
});

/** In the order in which a person reads them. */
export function shownFacts(job: ExportJob, model: ExportModel): Facts {
  const { specification, run, player } = job;
  const { seed, loss, latent, conditioning } = specification;
  const { parameters } = inferSpecification(specification)[player];
  const facts: Facts = [
    ["Run", `${run.name} (${run.id})`],
    ["Network", `${player}, ${counted(parameters)} parameters`],
    ["Images", imageWords(job)],
    [
      "Noise",
      `${latent.size} numbers, ${latent.distribution === "normal" ? "standard normal" : "uniform from −1 to 1"}`,
    ],
    ["Data set", run.dataset],
    ["Design", designOf(specification)],
    ["Loss", loss.kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)],
    ["Seed", seed.toString()],
    ["Trained for", `${plural(run.epoch, "epoch")}, ${plural(run.step, "step")}`],
  ];
  if (conditioning) facts.push(["Classes", conditioning.classes.toString()]);
  if (player === "generator") {
    facts.push(["Weights", model.average ? "moving average over training" : "as trained last"]);
  }
  if (run.losses) {
    const { generator, discriminator } = run.losses;
    facts.push([
      "Losses then",
      `generator ${figure(generator)}, discriminator ${figure(discriminator)}`,
    ]);
  }
  return [
    ...facts,
    ...run.metrics.map(([name, value]): Facts[number] => [name, value]),
    ["Made with", `GAN Studio ${run.version}`],
  ];
}

/** What makes a design what it is, in the words of the card. */
const designed: Partial<Record<keyof Specification, string>> = {
  ...{ latent: "noise", conditioning: "classes", loss: "loss", regularizers: "regularisers" },
  ...{ generator: "generator", discriminator: "discriminator", optimizers: "optimizers" },
};

/** The preset, and what is not as its source has it. */
function designOf(specification: Specification): string {
  const known = presets.find(({ id }) => id === specification.preset);
  if (!known) return "of its own";
  const changed = Object.entries(designed).flatMap(([part, word]) => {
    const of = part as keyof Specification;
    return isDeepStrictEqual(specification[of], known.specification[of]) ? [] : [word];
  });
  const but = changed.length === 0 ? "" : `; changed here: ${changed.join(", ")}`;
  return `${known.title}, after ${known.source}${but}`;
}

const figure = (value: number): string =>
  Number.isFinite(value) ? value.toPrecision(4) : "no number";

export function cardOf(
  job: ExportJob,
  model: ExportModel,
  formats: readonly WrittenFormat[],
): CardContent {
  const { run, player, specification } = job;
  const image = imageWords(job);
  const taught = specification.conditioning ? ", of a class that is asked for," : "";
  const about =
    player === "generator"
      ? `The generator of a generative adversarial network: it turns noise into ${image} images${taught} like those of ${run.dataset}.`
      : `The discriminator of a generative adversarial network: it tells how real a ${image} image looks to it. It was trained against one generator, and is no judge of other fakes.`;
  return {
    ...{ title: run.name, about, facts: shownFacts(job, model), formats },
    ...{ input: model.input, labels: model.labels, output: model.output },
    rights: dataRights(run.publicData),
  };
}
