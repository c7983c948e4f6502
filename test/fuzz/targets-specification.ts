/** Specifications: presets with fields changed, as a page, a file or a pasted text may hold them. */
import { buildGan, stateShapes } from "../../main/engine/gan.ts";
import { flowsOf, memoryOf, multiplyAddsOfStep } from "../../main/spec/cost.ts";
import { presets } from "../../main/spec/presets.ts";
import { parseSpecification } from "../../main/spec/specification.ts";
import { warningsOf } from "../../main/spec/warnings.ts";
import { encode } from "../../main/contract/wire.ts";
import { oneOf, spoiltValue } from "./mutate.ts";
import { decoded, unreadable } from "./decoded.ts";
import type { TargetKind } from "./target.ts";

export const specification: TargetKind = {
  name: "specification",
  open: () =>
    Promise.resolve({
      name: "specification",
      make: (random) =>
        Buffer.from(encode(spoiltValue(random, oneOf(random, presets).specification))),
      attempt(input) {
        const document = decoded(input);
        if (document === unreadable) return Promise.resolve("refused" as const);
        const parsed = parseSpecification(document);
        const shapes = stateShapes(buildGan(parsed));
        const flows = flowsOf(parsed);
        const numbers = [multiplyAddsOfStep(parsed, flows), memoryOf(parsed, flows)];
        if (Object.keys(shapes).length === 0 || !numbers.every((number) => number > 0))
          throw new Error(`an accepted specification that costs ${numbers.join(" and ")}`);
        warningsOf(parsed, ["0", "1"]);
        return Promise.resolve("result" as const);
      },
    }),
};
