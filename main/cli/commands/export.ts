/** `gan-studio export`: a run's network, or what it drew, in the form that its user needs. */
import { basename, dirname, join, resolve } from "node:path";
import {
  exportFormatIds,
  exportKinds,
  type ExportFormatId,
  type WrittenExport,
} from "../../contract/exports.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { bytes, count, plural } from "../format.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { epochs, seed, wholeNumber } from "../values.ts";

interface ExportOptions {
  format: string;
  epoch?: number;
  average?: boolean;
  player: string;
  half?: true;
  layout?: string;
  batch?: number;
  count?: number;
  seed?: number;
  out?: string;
  force?: true;
}

export const exportRun: AddCommand = (program, perform) => {
  program
    .command("export")
    .description(
      "Exports a run's network, checked against the run's own images, or what it drew. A model card comes with it.",
    )
    .argument("<run>", runArgument)
    .requiredOption(
      "--format <names>",
      `one or more of ${exportFormatIds.join(", ")}, between commas`,
    )
    .option(
      "--epoch <number>",
      "the network as it was after this epoch (default: the last)",
      epochs,
    )
    .option("--average", "the generator's moving average (the default where the run keeps one)")
    .option("--no-average", "the generator's last weights instead")
    .option("--player <name>", "generator or discriminator", "generator")
    .option("--half", "kernels as float16, where the format has it")
    .option("--layout <name>", "of safetensors: pytorch (the default) or tensorflow")
    .option(
      "--batch <number>",
      "of onnx: a fixed number of examples (default: any)",
      wholeNumber(1, 4096),
    )
    .option(
      "--count <number>",
      "of npy: images (default: 64); «sample» draws more",
      wholeNumber(1, 4096),
    )
    .option("--seed <number>", "of npy and html: seed of the noise (default: 0)", seed)
    .option(
      "--out <path>",
      "a folder to make, or a file with the format's ending (default: RUN-export)",
    )
    .option("--force", "replace a file, or a folder that is an earlier export")
    .addHelpText(
      "after",
      `\nFormats:\n${exportFormatIds.map((id) => `  ${id.padEnd(12)} ${exportKinds[id].about}`).join("\n")}\n` +
        examples(
          program,
          "export last --format html --out digits.html",
          "export last --format onnx,keras,pytorch --out digits",
          "export last --format safetensors --half --layout tensorflow",
          "export last --format tfjs --player discriminator --epoch 5",
          "export last --format gif,png",
        ),
    )
    .action(
      perform<ExportOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const { epoch, average, half, batch, count, seed: noise, out, force } = options;
        const formats = formatsOf(options.format);
        const player = oneOf("--player", options.player, ["generator", "discriminator"]);
        const layout =
          options.layout === undefined
            ? undefined
            : oneOf("--layout", options.layout, ["pytorch", "tensorflow"]);
        requireMeant(formats, options);
        return withApi(async ({ client }) => {
          const { id } = await runOf(client, typed);
          const stop = client.subscribe("export.progress", ({ format, stage, done, total }) => {
            shell.say(`${done + 1} of ${total}: ${stage} ${format}`);
          });
          try {
            const result = await client.exports.write({
              ...{
                id,
                formats,
                player,
                path: resolve(shell.folder, out ?? `${id}-export`),
              },
              ...(epoch !== undefined && { epoch }),
              ...(average !== undefined && { average }),
              ...(half && { half }),
              ...(layout && { layout }),
              ...(batch !== undefined && { batch }),
              ...(count !== undefined && { count }),
              ...(noise !== undefined && { seed: noise }),
              ...(force && { overwrite: true }),
            });
            return { json: result, text: reportOf(result) };
          } catch (thrown) {
            throw force ? thrown : withForce(thrown);
          } finally {
            stop();
          }
        });
      }),
    );
};

function formatsOf(text: string): ExportFormatId[] {
  return text.split(",").map((part) => {
    const name = part.trim();
    const found = exportFormatIds.find((id) => id === name);
    if (found) return found;
    throw new Problem(
      "usage",
      `There is no export format «${name}»; there are ${exportFormatIds.join(", ")}.`,
    );
  });
}

type Meant = Pick<ExportOptions, "half" | "layout" | "batch" | "count" | "seed">;

/** The formats that an option changes something of. */
const meantFor: Record<keyof Meant, (id: ExportFormatId) => boolean> = {
  half: (id) => exportKinds[id].options.includes("half"),
  layout: (id) => exportKinds[id].options.includes("layout"),
  batch: (id) => exportKinds[id].options.includes("batch"),
  count: (id) => exportKinds[id].options.includes("samples"),
  seed: (id) => id === "html" || exportKinds[id].options.includes("samples"),
};

/** What would be passed over in silence is refused instead. */
function requireMeant(formats: readonly ExportFormatId[], options: Meant): void {
  for (const name of Object.keys(meantFor) as (keyof Meant)[]) {
    if (options[name] === undefined || formats.some(meantFor[name])) continue;
    const wanted = exportFormatIds.filter(meantFor[name]).join(", ");
    throw new Problem(
      "usage",
      `--${name} changes nothing in ${formats.join(", ")}; it is for ${wanted}. Leave it out.`,
    );
  }
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new Problem("usage", `${option} is ${names.join(" or ")}, not «${text}».`);
}

/** What is there already can be replaced from here. */
function withForce(thrown: unknown): unknown {
  if (!(thrown instanceof Problem) || thrown.code !== "file.exists") return thrown;
  const sentence = thrown.message.replace(/; choose another name.*$/, "");
  return new Problem(
    "file.exists",
    `${sentence}. Name another place with --out, or replace an earlier export with --force.`,
  );
}

/** The lines name files as they lie in their format's folder; a single file may have another name. */
function placed(path: string, files: readonly string[], saved: readonly string[], code: string) {
  const [first = ""] = files;
  if (saved[0] !== path) return { folder: join(path, ...first.split("/").slice(0, -1)), code };
  return { folder: dirname(path), code: code.replaceAll(first, basename(path)) };
}

function reportOf({
  formats,
  path,
  files: saved,
  epoch,
  step,
  maxAbsDifference,
}: WrittenExport): string {
  const width = Math.max(...formats.map(({ format }) => format.length));
  const lines = formats.map(({ format, files, bytes: size, difference, checkedBy }) => {
    const checked =
      difference === null
        ? `checked by ${checkedBy}`
        : `difference ${difference.toExponential(1)}, checked by ${checkedBy}`;
    return `${format.padEnd(width)}  ${files.join(", ")}  (${bytes(size)}; ${checked})`;
  });
  const largest =
    maxAbsDifference === null ? "" : `Largest difference: ${maxAbsDifference.toExponential(1)}\n`;
  const loading = formats.flatMap(({ format, files, loading: how }) => {
    if (!how) return [];
    const { folder, code } = placed(path, files, saved, how.code);
    return [`\nTo load ${format}, in the folder ${folder}:\n${code.replaceAll(/^/gm, "  ")}\n`];
  });
  return `${plural(formats.length, "format")} of epoch ${count(epoch)}, step ${count(step)}, in ${path}\n${lines.join("\n")}\n${largest}${loading.join("")}`;
}
