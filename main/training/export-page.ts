/** The page that generates, with what it tells of the run and the directions that its sliders follow. */
import { principalDirections } from "../engine/explore/principal-directions.ts";
import { buildGan } from "../engine/gan.ts";
import { encodeText } from "../exporting/bytes.ts";
import type { ExportedFile } from "../exporting/format.ts";
import { htmlPage } from "../exporting/html/html.ts";
import type { ExportModel, ExportSource } from "../exporting/model.ts";
import { shownFacts, subtitleOf } from "./export-card.ts";
import type { ExportJob } from "./export-messages.ts";

const directionCount = 8;

export function writePage({
  job,
  source,
  model,
}: {
  job: ExportJob;
  source: ExportSource;
  model: ExportModel;
}): ExportedFile {
  const { specification } = source;
  // Without an average, the directions are to be those of the weights that the page holds.
  const weights = {
    ...specification,
    generatorAverage: model.average ? specification.generatorAverage : null,
  };
  const { directions } = principalDirections(buildGan(weights), source.state, directionCount);
  const classes = specification.conditioning?.classes ?? 0;
  const page = htmlPage(
    model,
    {
      title: job.run.name,
      subtitle: subtitleOf(job),
      facts: shownFacts(job, model),
      classNames: Array.from(
        { length: classes },
        (_, label) => job.run.classNames[label] ?? label.toString(),
      ),
      directions: directions ?? [],
      seed: job.samples.seed,
    },
    job.options.half,
  );
  return { path: "generator.html", content: encodeText(page) };
}
