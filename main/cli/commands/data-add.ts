/** `gan-studio data add`: makes files a data set, and names those that cannot be used. Ctrl-C leaves nothing behind. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { DatasetInfo } from "../../contract/system.ts";
import { withChannelsOf } from "../../spec/channels.ts";
import { splitOf } from "../../spec/data.ts";
import { presetOf, presets } from "../../spec/presets.ts";
import { Problem } from "../../spec/problem.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../../spec/shape.ts";
import { addDataset } from "../add-dataset.ts";
import { examples, type Perform } from "../command.ts";
import { count } from "../format.ts";
import { facts } from "../table.ts";
import { givenName, wholeNumber } from "../values.ts";

interface AddOptions {
  name?: string;
  size?: number;
  grey?: true;
  filter?: string;
  stacked?: true;
  images?: number;
}

/** Adds itself to the group of commands that `data` is. */
export function addAdd(group: Command, program: Command, perform: Perform): void {
  group
    .command("add")
    .description(
      "Adds an IDX file, or a folder that holds one, or a CSV or NumPy file of images, or a folder of pictures (PNG, JPEG, WebP, BMP), or a ZIP archive of any of these. The files stay where they are.",
    )
    .argument("<source>", "the file or folder")
    .option("--name <text>", "a name for it", givenName)
    .option("--size <pixels>", "height and width that pictures are brought to", wholeNumber(8, 256))
    .option("--grey", "use pictures in grey")
    .option("--filter <text>", "use only pictures whose file name contains this")
    .option("--stacked", "put three grey images of an IDX file at random into one of colour")
    .option(
      "--images <number>",
      "images to make, with --stacked (default: 128,000)",
      wholeNumber(1, 10_000_000),
    )
    .addHelpText(
      "after",
      examples(
        program,
        "data add ./mnist",
        "data add train-images-idx3-ubyte.gz --name MNIST",
        "data add ./faces --size 64 --filter front",
        "data add ./mnist --stacked --name 'Stacked MNIST'",
      ) + "\n\nCtrl-C calls it off; nothing is kept then.",
    )
    .action(
      perform<AddOptions>(async ({ shell, words: [typed = ""], options, withApi }) => {
        const source = resolve(shell.folder, typed);
        if (!existsSync(source)) {
          throw new Problem("data.missing", `There is no file or folder ${source}.`);
        }
        const wanted = options.stacked
          ? stackedOf(source, options)
          : { source, ...wantedOf(options) };
        const quiet = options.json === true;
        const info = await withApi((product) => addDataset(shell, product, wanted, quiet));
        const isBrought = info.source.kind === "folder";
        if (!isBrought && (options.size !== undefined || options.grey)) {
          shell.say("--size and --grey are for pictures; images of a file stay as they are.");
        }
        return { json: info, text: addedPage(info, shell.program) };
      }),
    );
}

/** Stacked MNIST has so many images in the literature; the seed is ours. */
function stackedOf(path: string, { images = 128_000, name, size, grey, filter }: AddOptions) {
  if (size !== undefined || grey !== undefined || filter !== undefined) {
    throw new Problem("usage", "--size, --grey and --filter are for pictures, not for stacks.");
  }
  const source = { kind: "stacked", path, count: images, seed: 1 } as const;
  return { source, ...(name === undefined ? {} : { name }) };
}

function wantedOf({ name, filter, size, grey, images }: AddOptions) {
  if (images !== undefined) {
    throw new Problem("usage", "--images is for --stacked; of anything else all images are used.");
  }
  const isAsIs = size === undefined && grey === undefined;
  const side = size ?? 64;
  const image: ImageShape = { height: side, width: side, channels: grey ? 1 : 3 };
  return {
    ...(name === undefined ? {} : { name }),
    ...(filter === undefined ? {} : { filter }),
    ...(isAsIs ? {} : { image }),
  };
}

/** Files that are named one by one; `--json` names a thousand. */
const namedAtMost = 20;

function leftOut({ unusable = [], unusableCount = 0 }: DatasetInfo): string {
  if (unusableCount === 0) return "";
  const lines = unusable.slice(0, namedAtMost).map(({ file, reason }) => `  ${file}: ${reason}`);
  const more = unusableCount - lines.length;
  if (more > 0) lines.push(`  and ${count(more)} more`);
  const title = `${count(unusableCount)} ${unusableCount === 1 ? "file" : "files"} left out:`;
  // A file's name may hold what would steer the terminal.
  return `\n${[title, ...lines].map((line) => line.replace(/\p{Cc}/gu, "�")).join("\n")}\n`;
}

const classesOf = ({ classCounts, classNames = [] }: DatasetInfo): string =>
  classCounts
    .map((images, index) =>
      index in classNames ? `${classNames[index]} ${count(images)}` : count(images),
    )
    .join(", ");

/**
 * With a preset for images of this size; pictures are brought to any. A small data set gets batches that
 * it can fill. Null where there is no such preset.
 */
function trainCommand({ id, image, source, length }: DatasetInfo, program: string): string | null {
  const usual = presetOf(image.channels === 3 ? "sngan-32" : "lsgan-dc");
  const all = [presetOf("lsgan-dc"), ...presets];
  const exact = all.find(({ specification }) =>
    sameShape(shapeOfImage(specification.image), shapeOfImage(image)),
  );
  const near = all.find(
    ({ specification }) => withChannelsOf(specification, image) !== specification,
  );
  const found = exact ?? near ?? (source.kind === "folder" ? usual : null);
  if (!found) return null;
  const { data, loop } = found.specification;
  const images = splitOf(data, length).training.count / loop.discriminatorSteps;
  const batch = images < loop.batchSize ? ` --set batchSize=${powerOfTwo(images)}` : "";
  return `${program} train --preset ${found.id} --data ${id}${batch}`;
}

/** The largest that is not larger. */
const powerOfTwo = (value: number): number =>
  2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, value))));

const addedPage = (info: DatasetInfo, program: string): string =>
  facts([
    ["Added", info.id],
    ["Name", info.name],
    ["Images", `${count(info.length)}, ${formatShape(shapeOfImage(info.image))}`],
    ["Classes", info.classCounts.length === 0 ? "no labels" : classesOf(info)],
    ["Train on it", trainCommand(info, program)],
  ]) + leftOut(info);
