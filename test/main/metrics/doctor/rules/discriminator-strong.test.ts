import { describe, expect, test } from "vitest";
import type { Case } from "../../../../../main/metrics/doctor/case.ts";
import { caseOf, found, only } from "../cases.ts";

describe("the discriminator is too strong", () => {
  const winning = { lossDiscriminator: 2e-3, scoreReal: 0.999, scoreGenerated: 0.001 };
  const always = (step = 0) => ({ ...winning, lossGenerator: 8 + Math.sin(step) });

  test("after a while of losses near its best, since when that was so", () => {
    const values = (step: number) => (step > 200 ? always(step) : {});
    const finding = only(caseOf({ steps: 400, values }));
    expect(finding).toMatchObject({ id: "discriminator-strong", severity: "warning" });
    expect(finding.since).toBeGreaterThan(200);
    expect(finding.since).toBeLessThanOrEqual(300);
    expect(finding.evidence).toMatchObject({ threshold: 0.01, beyond: "below" });
    expect(finding.evidence.steps.at(-1)).toBe(400);
  });

  test("not where it wins for a moment, or did before", () => {
    expect(found(caseOf({ values: (step) => (step % 50 === 0 ? always() : {}) }))).toEqual([]);
    const before = (step: number) => (step < 200 ? always() : {});
    expect(found(caseOf({ steps: 400, values: before }))).toEqual([]);
  });

  test("smoothed labels leave a loss that counts as its best", () => {
    const smoothed = { preset: "vanilla-mlp", every: 100, steps: 600 };
    const best = 0.325;
    const at = (loss: number) => ({ ...always(), lossDiscriminator: loss, scoreReal: 0.9 });
    expect(found(caseOf({ ...smoothed, values: () => at(best + 0.001) }))).toEqual([
      "discriminator-strong",
    ]);
    expect(found(caseOf({ ...smoothed, values: () => at(best + 0.1) }))).toEqual([]);
  });

  test("is never said of a Wasserstein critic", () => {
    const values = (step: number) => ({
      ...{ lossDiscriminator: -40 - Math.sin(step), lossGenerator: 12 + Math.sin(step) },
      ...{ scoreReal: 20, scoreGenerated: -20 },
    });
    expect(found(caseOf({ preset: "wgan-gp", values }))).toEqual([]);
  });

  test("by a hinge, which leaves the generator its gradient, is told only where it lasts", () => {
    const values = (step: number) => ({
      ...{ lossDiscriminator: 0, scoreReal: 2.2, scoreGenerated: -1.1 },
      lossGenerator: 1 + Math.sin(step),
    });
    const told = (steps: number) => caseOf({ preset: "sngan-32", steps, values });
    expect(found(told(350))).toEqual([]);
    expect(only(told(450)).severity).toBe("warning");
  });

  test("of the saturating loss its first remedy is the one that does not saturate", () => {
    const values = (step: number) => ({
      ...always(step),
      ...{ lossDiscriminator: 3e-3 + 1e-3 * Math.sin(step), lossGenerator: -0.002 },
    });
    const finding = only(caseOf({ preset: "minimax-momentum", values }));
    expect(finding.remedies[0]).toMatchObject({ patch: { loss: { kind: "nonSaturating" } } });
  });

  test("its first remedy is a fork, for a rate above the generator's that one", () => {
    const specification = ({ optimizers }: Case["specification"]) => ({
      optimizers: {
        ...optimizers,
        discriminator: { ...optimizers.discriminator, learningRate: 0.01 },
      },
    });
    expect(only(caseOf({ values: always, specification })).remedies[0]).toMatchObject({
      by: "fork",
      patch: { optimizers: { discriminator: { learningRate: 2e-4 } } },
    });
  });
});
