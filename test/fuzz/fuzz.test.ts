/** A small part of `npm run test:fuzz`, and everything that it ever found. */
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { corpusOf } from "./corpus.ts";
import { fuzz } from "./fuzz.ts";
import { targets } from "./targets.ts";

describe("hostile input", () => {
  it.each(targets.map((kind) => [kind.name, kind] as const))(
    "is answered with a result or a problem, and leaves no trace: %s",
    async (name, kind) => {
      const fence = temporaryFolder();
      const options = { cases: 120, seed: 1, fence, corpus: corpusOf(name) };
      const { findings, results, refusals } = await fuzz(kind, options);
      expect(findings).toEqual([]);
      // Both must happen, or the cases are all alike.
      expect(results).toBeGreaterThan(0);
      expect(refusals).toBeGreaterThan(0);
    },
  );
});
