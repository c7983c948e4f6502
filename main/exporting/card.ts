/**
 * The model card beside an export (Mitchell et al. 2019, «Model Cards for Model Reporting»): what the
 * files are, where they come from, how far they were checked, how to load them.
 */
import type { Loading } from "./card-loading.ts";
import type { Port } from "./model.ts";

export const cardName = "MODEL_CARD.md";

export interface CardFormat {
  title: string;
  files: readonly string[];
  /** Null for what is no network. */
  difference: number | null;
  /** Kernels in half precision; false for formats that have none. */
  half: boolean;
  checkedBy: string;
  loading: Loading | null;
}

export interface CardContent {
  title: string;
  /** What it is, in a sentence or two. */
  about: string;
  /** Names and values, as they are shown. */
  facts: readonly (readonly [name: string, value: string])[];
  input: Port;
  labels: { classes: number; meaning: string } | null;
  output: Port;
  formats: readonly CardFormat[];
  /** The data set's rights. */
  rights: string;
}

/** Markdown. */
export function modelCard(card: CardContent): string {
  const lines = [
    `# ${plain(card.title)}`,
    "",
    plain(card.about),
    "",
    "| | |",
    "| --- | --- |",
    ...card.facts.map(([name, value]) => `| ${plain(name)} | ${plain(value)} |`),
    "",
    "## Input and output",
    "",
    portLine(card.input),
    ...(card.labels ? [`- \`label\` [n], whole numbers: ${card.labels.meaning}.`] : []),
    portLine(card.output),
    "",
    "Shapes are given as height × width × channels; ONNX and PyTorch order images as channels × height × width.",
    "",
    "## Files",
    "",
    ...card.formats.flatMap(formatLines),
    "## Limits",
    "",
    "The network draws what its training data made it draw, and repeats what was missing or wrong there.",
    "It was checked against the program that trained it, on the run's own fixed inputs; nothing else was tried.",
    "",
    "## Data and rights",
    "",
    card.rights,
    "",
  ];
  return lines.join("\n");
}

const portLine = ({ name, shape, meaning }: Port): string =>
  `- \`${name}\` [n, ${shape.join(", ")}], float32: ${meaning}.`;

function formatLines(format: CardFormat): string[] {
  const { title, files, difference, half, checkedBy, loading } = format;
  const precision = half ? " (kernels in half precision)" : "";
  const checked =
    difference === null
      ? `Checked by ${checkedBy}.`
      : `Checked by ${checkedBy}: the largest difference from GAN Studio's own numbers is ${difference.toExponential(1)}${precision}.`;
  return [
    `### ${plain(title)}`,
    "",
    `${files.map((file) => `\`${file}\``).join(", ")}. ${checked}`,
    "",
    ...(loading ? [`\`\`\`${loading.language}`, loading.code, "```", ""] : []),
  ];
}

/** Names come from people; in a table a bar or a line's end would break it, signs would be markup. */
const plain = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_|<>[\]#]/g, (sign) => `\\${sign}`);
