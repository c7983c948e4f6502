/** The presets as people choose from them: what size of images each is made for, and how long it trains. */
import { builtInDigits, digitsImage, type DataSource } from "../spec/data.ts";
import { presets, type Preset } from "../spec/presets.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";
import { count } from "./format.ts";
import { table } from "./table.ts";

const isDigits = ({ kind }: DataSource): boolean => kind === builtInDigits.kind;

/** Whether what is built in does not fit it: other images must be named. */
export const needsData = (specification: {
  image: ImageShape;
  data: { source: DataSource };
}): boolean =>
  isDigits(specification.data.source) &&
  !sameShape(shapeOfImage(specification.image), shapeOfImage(digitsImage));

export interface PresetFacts {
  id: string;
  title: string;
  summary: string;
  /** Paper or program that the numbers come from. */
  source: string;
  image: ImageShape;
  epochs: number;
  needsData: boolean;
}

export const presetFacts = ({
  id,
  title,
  summary,
  source,
  specification,
}: Preset): PresetFacts => ({
  ...{ id, title, summary, source, image: specification.image },
  ...{ epochs: specification.loop.epochs, needsData: needsData(specification) },
});

const columns = [
  { title: "PRESET" },
  { title: "IMAGES" },
  { title: "EPOCHS", numeric: true },
  { title: "" },
];

/** Ends in a line feed. */
export const presetTable = (): string =>
  table(
    columns,
    presets
      .map(presetFacts)
      .map(({ id, image, epochs, title, needsData: needs }) => [
        ...[id, formatShape(shapeOfImage(image)), count(epochs)],
        needs ? `${title} (needs --data)` : title,
      ]),
  );
