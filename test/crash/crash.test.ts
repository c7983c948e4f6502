/** A small part of `npm run test:crash`: real programs, really killed. */
import { expect, it } from "vitest";
import { seeded } from "../main/files/support/random.ts";
import { undisturbed, type Trial } from "./course.ts";
import { failpointTrials } from "./failpoint-trials.ts";
import { killedAgainAndAgain } from "./lineage.ts";
import { crashSpecification } from "./specifications.ts";
import { failuresOf, noTotals } from "./totals.ts";

it("a run that is killed again and again loses nothing and ends as if it never was", async () => {
  const trial: Trial = {
    ...{ engine: "wasm", eager: true },
    specification: crashSpecification("vanilla-mlp", 10),
  };
  const totals = noTotals();
  const told: string[] = [];
  const watch = { totals, random: seeded(2), tell: (line: string) => told.push(line) };
  const reference = await undisturbed(trial);
  await killedAgainAndAgain(trial, ["main", "training"], reference, watch);
  await failpointTrials(
    trial,
    reference,
    watch,
    (name, turn) => name === "commit.inside" && turn > 1,
  );
  expect(told.filter((line) => line.startsWith("FOUND"))).toEqual([]);
  expect(failuresOf(totals)).toBe(0);
  expect(totals.failpoints).toBe(1);
  expect(totals.killsOfMain).toBe(1);
  expect(totals.runsCompared).toBe(2);
  expect(totals.epochsAcknowledged).toBe(20);
}, 240_000);
