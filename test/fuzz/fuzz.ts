/**
 * Tries many hostile inputs, each made from the seed and its own number, and looks after each whether
 * the product is still what it was. What is found is kept as a file for the corpus.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../main/spec/problem.ts";
import { seeded } from "../main/files/support/random.ts";
import type { Target, TargetKind } from "./target.ts";

export interface Outcomes {
  target: string;
  cases: number;
  results: number;
  refusals: number;
  findings: string[];
  /** Megabytes of resident memory: before, and the most after a case. */
  memory: { before: number; most: number };
  slowest: number;
}

/** Milliseconds of the processor that one case may take, and bytes by which the process may grow over all of them. */
const limits = { time: 2000, growth: 256 * 2 ** 20 };

export interface FuzzOptions {
  cases: number;
  seed: number;
  /** Holds the target's folder; all else in it must stay as it is. */
  fence: string;
  /** Inputs that made trouble once, by name. */
  corpus: ReadonlyMap<string, Uint8Array>;
  /** Where inputs are kept that make trouble now. */
  keep?: string;
}

export async function fuzz(kind: TargetKind, options: FuzzOptions): Promise<Outcomes> {
  const { cases, seed, fence, corpus, keep } = options;
  const folder = join(fence, kind.name);
  mkdirSync(folder, { recursive: true });
  const target = await kind.open(folder);
  const beside = () => JSON.stringify(readdirSync(fence).filter((name) => name !== kind.name));
  let before = process.memoryUsage.rss();
  const outcomes: Outcomes = {
    ...{ target: kind.name, cases: 0, results: 0, refusals: 0, findings: [], slowest: 0 },
    memory: { before: before / 2 ** 20, most: before / 2 ** 20 },
  };
  const prototype = prototypeKeys();
  const stray: unknown[] = [];
  const catchStray = (thrown: unknown) => stray.push(thrown);
  process.on("unhandledRejection", catchStray);
  process.on("uncaughtException", catchStray);

  const attempt = async (name: string, input: Uint8Array) => {
    const shape = { beside: beside(), print: target.fingerprint?.() };
    const begun = process.cpuUsage();
    const trouble: string[] = [];
    let refused: boolean;
    try {
      refused = (await target.attempt(input)) === "refused";
    } catch (thrown) {
      refused = true;
      if (!(thrown instanceof Problem)) trouble.push(`threw ${describe(thrown)}`);
      else if (thrown.code === "internal") trouble.push(`internal: ${thrown.message}`);
    }
    const { user, system } = process.cpuUsage(begun);
    const took = (user + system) / 1000;
    outcomes.cases++;
    if (refused) outcomes.refusals++;
    else outcomes.results++;
    outcomes.slowest = Math.max(outcomes.slowest, took);
    const now = process.memoryUsage.rss();
    outcomes.memory.most = Math.max(outcomes.memory.most, now / 2 ** 20);
    if (now - before > limits.growth) {
      trouble.push(`grew by ${((now - before) / 2 ** 20).toFixed(0)} MiB`);
      // Told once; what comes next is held against what it is now.
      before = now;
    }
    if (took > limits.time) trouble.push(`took ${took.toFixed(0)} ms`);
    if (prototypeKeys() !== prototype) trouble.push("changed Object.prototype");
    if (beside() !== shape.beside) trouble.push("left something outside its folder");
    if (refused && target.fingerprint?.() !== shape.print)
      trouble.push("changed something although it was refused");
    for (const thrown of stray.splice(0)) trouble.push(`let go ${describe(thrown)}`);
    if (trouble.length === 0) return;
    outcomes.findings.push(`${kind.name}, ${name}: ${trouble.join("; ")}`);
    if (keep !== undefined && outcomes.findings.length <= 20) {
      mkdirSync(keep, { recursive: true });
      writeFileSync(join(keep, `${kind.name}-${name.replace(/\W+/g, "-")}`), input);
    }
  };

  try {
    for (const [name, input] of corpus) await attempt(name, input);
    for (let number = 0; number < cases; number++)
      await attempt(`seed ${seed} case ${number}`, madeInput(target, seed, number));
    // What was thrown into the air at the end falls here.
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const thrown of stray) outcomes.findings.push(`${kind.name}: let go ${describe(thrown)}`);
  } finally {
    await target.end?.();
    process.off("unhandledRejection", catchStray);
    process.off("uncaughtException", catchStray);
  }
  return outcomes;
}

/** The same for the same numbers, whatever was tried before. */
export const madeInput = (target: Target, seed: number, number: number): Uint8Array =>
  target.make(seeded((seed * 1_000_003 + number) | 0));

const prototypeKeys = (): string =>
  [Object.prototype, Array.prototype, Function.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).join())
    .join("|");

const describe = (thrown: unknown): string =>
  thrown instanceof Error
    ? `${thrown.name}: ${thrown.message.slice(0, 200)} ${thrown.stack?.split("\n")[1]?.trim() ?? ""}`
    : String(thrown);
