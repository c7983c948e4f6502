/** What the chosen data itself rules out: classes that it lacks, images of another size, too few of them. */
import type { DatasetInfo } from "../../main/contract/system.ts";
import type { Section } from "../../main/spec/place.ts";
import type { Remark } from "../../main/spec/remarks.ts";
import { formatShape, sameShape, shapeOfImage } from "../../main/spec/shape.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { formatAmount } from "../shared/formats.ts";
import { dataPlan } from "./document.ts";

const remark = (tone: Remark["tone"], section: Section, text: string): Remark => ({
  ...{ tone, text },
  place: { section, layer: null },
});

function onClasses(told: number, { name, classCounts }: DatasetInfo): Remark[] {
  const classes = classCounts.length;
  const problem = (text: string) => [remark("problem", "conditioning", text)];
  if (classes === told) return [];
  if (classes === 0)
    return problem(
      `«${name}» has no labels, so nothing can be learned of classes. Switch classes off, or choose labelled data.`,
    );
  const numbers = `«${name}» has ${formatAmount(classes, "class", "classes")}, but the networks are told of ${told.toString()}`;
  return classes > told
    ? problem(`${numbers}. Make the number larger.`)
    : [remark("warning", "conditioning", `${numbers}; the others will never be learned.`)];
}

/** For a document whose fields are all within their ranges. */
export function dataRemarks(document: Specification, dataset: DatasetInfo | null): Remark[] {
  if (dataset === null) return [];
  const { conditioning, data, image, loop } = document;
  const found = shapeOfImage(dataset.image);
  const isResized = data.source.kind === "folder";
  const { steps, training } = dataPlan(document, dataset.length);
  return [
    ...(conditioning === null ? [] : onClasses(conditioning.classes, dataset)),
    ...(isResized || sameShape(found, shapeOfImage(image))
      ? []
      : [
          remark(
            "problem",
            "whole",
            `«${dataset.name}» has images of ${formatShape(found)}, but the specification asks for ${formatShape(shapeOfImage(image))}. Choose the data again to take its size.`,
          ),
        ]),
    ...(steps > 0
      ? []
      : [
          remark(
            "problem",
            "loop",
            `${formatAmount(training, "image")} ${training === 1 ? "is" : "are"} too few for one step of ${(loop.batchSize * loop.discriminatorSteps).toLocaleString("en")}. Use a smaller batch or more images.`,
          ),
        ]),
  ];
}
