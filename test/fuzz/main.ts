/**
 * Hostile input for everything that reads what others wrote.
 * `npm run test:fuzz -- [--cases N] [--seed S] [--target NAME] [--case NUMBER]`: N cases of each target; with
 * a number only that case, as its seed made it. Inputs that made trouble are kept in a folder that is
 * named at the end: put them into `test/fuzz/corpus`, and they are tried in every run.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusOf } from "./corpus.ts";
import { fuzz, madeInput } from "./fuzz.ts";
import { targets } from "./targets.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    target: { type: "string" },
    case: { type: "string" },
  },
});

const fence = mkdtempSync(join(tmpdir(), "gan-studio-fuzz-"));
const keep = join(tmpdir(), `gan-studio-fuzz-findings-${process.pid}`);
const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
const seed = Number(values.seed);
const findings: string[] = [];

for (const kind of chosen) {
  if (values.case !== undefined) {
    const folder = join(fence, kind.name);
    mkdirSync(folder, { recursive: true });
    const target = await kind.open(folder);
    const input = madeInput(target, seed, Number(values.case));
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, `${kind.name}-${values.case}`), input);
    const told = await target.attempt(input).catch((thrown: unknown) => thrown);
    await target.end?.();
    console.error(kind.name, input.length, "bytes:", told, `\n${keep}`);
    continue;
  }
  const begun = performance.now();
  const cases = Number(values.cases);
  const told = await fuzz(kind, { cases, seed, fence, corpus: corpusOf(kind.name), keep });
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const { before, most } = told.memory;
  process.stdout.write(
    `${kind.name.padEnd(14)} ${told.cases} cases in ${seconds} s: ${told.results} results, ${told.refusals} refusals, ` +
      `${told.findings.length} findings; resident ${before.toFixed(0)} to ${most.toFixed(0)} MiB at most, slowest ${told.slowest.toFixed(0)} ms\n`,
  );
  findings.push(...told.findings);
}
rmSync(fence, { recursive: true, force: true });
for (const finding of findings) process.stdout.write(`FOUND ${finding}\n`);
if (findings.length > 0) process.stdout.write(`Inputs: ${keep}\n`);
process.exit(findings.length === 0 ? 0 : 1);
