import { expect, it } from "vitest";
import { vanillaMlp } from "../../../main/spec/presets/vanilla-mlp.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";

/** What is said of `vanilla-mlp` with one value changed. */
function saidOf(path: string, value: unknown): string {
  const document = structuredClone(vanillaMlp.specification) as unknown as Record<string, unknown>;
  const parts = path.split(".");
  let place = document;
  for (const part of parts.slice(0, -1)) place = place[part] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, parts.at(-1)!);
  else place[parts.at(-1)!] = value;
  return refused(document);
}

function refused(document: unknown): string {
  try {
    parseSpecification(document);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Problem);
    expect((thrown as Problem).code).toBe("spec.invalid");
    return (thrown as Problem).message;
  }
  throw new Error("nothing was thrown");
}

const refusals: [path: string, value: unknown, sentence: string][] = [
  [
    "loop.batchSize",
    "abc",
    "loop.batchSize must be a whole number from 1 to 65,536, but is «abc».",
  ],
  ["loop.batchSize", 0, "loop.batchSize must be a whole number from 1 to 65,536, but is 0."],
  [
    "loop.steps",
    1.5,
    "loop.steps must be a whole number from 1 to 1,000,000,000, or null, but is 1.5.",
  ],
  ["image.channels", 2, "image.channels must be 1 or 3, but is 2."],
  ["data.shuffle", null, "data.shuffle must be true or false, but is null."],
  [
    "optimizers.generator.beta1",
    1,
    "optimizers.generator.beta1 must be a number, at least 0 and below 1, but is 1.",
  ],
  [
    "generator.layers",
    [],
    "generator.layers must be a list of 1 to 256 objects, but is a list of 0.",
  ],
  ["seed", undefined, "seed is missing; it must be a whole number from 0 to 2,147,483,647."],
  [
    "generator.layers.0.units",
    undefined,
    "generator.layers.0.units is missing; it must be a whole number from 1 to 1,048,576.",
  ],
];

it.each(refusals)("says what %s may be when it is %j", (path, value, sentence) => {
  expect(saidOf(path, value)).toBe(sentence);
});

it("names the kinds that there are, and the one that was most likely meant", () => {
  for (const value of ["hinje", { kind: "hinje" }]) {
    expect(saidOf("loss", value)).toMatch(
      /^loss(\.kind)?: there is no kind «hinje»\. Did you mean «hinge»\? There is: minimax, /,
    );
  }
  expect(saidOf("generator.layers.0.kind", "dens")).toContain("Did you mean «dense»?");
  expect(saidOf("loss", {})).toMatch(/^loss\.kind is missing; it must be minimax, .* or hinge\.$/);
  expect(saidOf("loss", "hinge")).toContain('such as {"kind":"hinge", …}');
});

it("names the settings that there are beside one that is not", () => {
  expect(saidOf("loop.batchsize", 3)).toMatch(
    /^loop\.batchsize: there is no such setting\. Did you mean «batchSize»\? There is: batchSize, epochs/,
  );
  expect(saidOf("generator.layers.0.unitz", 3)).toContain("Did you mean «units»?");
  expect(saidOf("zzz", 3)).not.toContain("Did you mean");
});

it("says what a specification is where there is none, and cuts what is long", () => {
  expect(refused(null)).toMatch(
    /^A specification must be an object with version, .*but is null\.$/,
  );
  expect(saidOf("seed", "x".repeat(500)).length).toBeLessThan(140);
});
