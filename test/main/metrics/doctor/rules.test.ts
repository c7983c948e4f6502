import { describe, expect, test } from "vitest";
import type { Case } from "../../../../main/metrics/doctor/case.ts";
import { diagnose } from "../../../../main/metrics/doctor/diagnose.ts";
import { findingIds, type FindingId } from "../../../../main/spec/doctor/finding.ts";
import { presets } from "../../../../main/spec/presets.ts";
import { caseOf } from "./cases.ts";

const found = (facts: Case): FindingId[] => diagnose(facts).map(({ id }) => id);
const only = (facts: Case) => {
  const findings = diagnose(facts);
  expect(findings.map(({ id }) => id)).toHaveLength(1);
  const [finding] = findings;
  if (!finding) throw new Error("nothing was found");
  return finding;
};

describe("a healthy run", () => {
  test.each(presets.map(({ id }) => id))("of %s has no finding", (preset) => {
    const wasserstein = preset.startsWith("wgan");
    const values = wasserstein
      ? (step: number) => ({
          ...{ lossDiscriminator: -8 + Math.sin(step), lossGenerator: -2 + Math.sin(3 * step) },
          ...{ scoreReal: 9, scoreGenerated: 1 },
        })
      : () => ({});
    expect(found(caseOf({ preset, values, checkup: () => ({ criticSlope: 0.95 }) }))).toEqual([]);
  });

  test("has none before its first measurement, and none in its first steps", () => {
    expect(found(caseOf({ steps: 0 }))).toEqual([]);
    const early = { lossDiscriminator: 1e-5, scoreReal: 1, scoreGenerated: 0, lossGenerator: 9 };
    expect(found(caseOf({ steps: 90, values: () => early }))).toEqual([]);
  });
});

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

describe("a discriminator that learns faster than the generator", () => {
  const rates = (generator: number, discriminator: number) => ({
    learningRateGenerator: generator,
    learningRateDiscriminator: discriminator,
  });
  const share = (of: number) => ({ lossDiscriminator: 2 * Math.LN2 * of, lossGenerator: 2 });
  const preset = "basic-mlp";

  test("by more than papers let it is a warning where it is clearly ahead, else a note", () => {
    const told = (of: number, ratio: number) =>
      caseOf({
        preset,
        values: (step) => ({ ...share(of + 0.01 * Math.sin(step)), ...rates(1e-4, ratio * 1e-4) }),
      });
    expect(only(told(0.05, 50))).toMatchObject({
      ...{ id: "discriminator-strong", name: "The discriminator learns too fast" },
      ...{ severity: "warning", since: 100 },
    });
    expect(only(told(0.05, 50)).numbers).toMatch(
      /50 times the generator's, where papers go up to 4/,
    );
    expect(only(told(0.7, 5)).severity).toBe("note");
    expect(found(told(1, 50))).toEqual([]);
    expect(found(told(0.05, 4))).toEqual([]);
  });

  test("is told by its loss where that leaps, at whatever rate above the generator's", () => {
    const leaping = (steps: readonly number[], to: number, ratio: number) =>
      caseOf({
        preset,
        values: (step) => ({
          ...rates(1e-4, ratio * 1e-4),
          ...(steps.includes(step) ? { lossDiscriminator: to } : {}),
        }),
      });
    const finding = only(leaping([150, 250], 6, 2));
    expect(finding).toMatchObject({ severity: "warning", since: 150 });
    expect(finding.numbers).toMatch(/as much as 6, in 2 of the steps .* balance it is 1\.39/);
    expect(found(leaping([250], 6, 2))).toEqual([]);
    expect(found(leaping([250], 30, 2))).toEqual(["discriminator-strong"]);
    expect(found(leaping([10], 30, 2))).toEqual([]);
    expect(found(leaping([150, 250], 6, 1))).toEqual([]);
  });

  test("may have any rate where the two optimizers differ, or the loss has no balance", () => {
    const values = (step: number) => ({
      ...share(0.05 + 0.01 * Math.sin(step)),
      ...rates(1e-4, 5e-3),
    });
    const sgd = ({ optimizers }: Case["specification"]) => ({
      optimizers: {
        ...optimizers,
        discriminator: {
          ...({ kind: "sgd", learningRate: 5e-3, momentum: 0, nesterov: false } as const),
          schedule: { kind: "constant" } as const,
        },
      },
    });
    expect(found(caseOf({ preset, values, specification: sgd }))).toEqual([]);
    expect(found(caseOf({ preset: "wgan-gp", values }))).toEqual([]);
  });
});

describe("the generator is too strong", () => {
  test("where its images are taken for real ones", () => {
    const values = () => ({ scoreGenerated: 0.95, scoreReal: 0.5, lossGenerator: 0.05 });
    expect(only(caseOf({ values }))).toMatchObject({ id: "generator-strong", severity: "warning" });
  });

  test("with labels the wrong way round it says so, and puts them right first", () => {
    const specification = ({ loss }: Case["specification"]) => ({
      loss: { ...loss, realLabel: 0, fakeLabel: 1 } as Case["specification"]["loss"],
    });
    const values = () => ({ scoreReal: 0.01, scoreGenerated: 0.99, lossGenerator: 0.01 });
    const finding = only(caseOf({ values, specification }));
    expect(finding.id).toBe("generator-strong");
    expect(finding.why).toMatch(/wrong way round/);
    expect(finding.remedies[0]).toMatchObject({
      patch: { loss: { realLabel: 1, fakeLabel: 0, generatorLabel: 1 } },
    });
  });
});

describe("a critic that prefers generated images", () => {
  const preferring = (step: number) => ({
    ...{ scoreReal: -40, scoreGenerated: 10 + Math.sin(step) },
    ...{ lossDiscriminator: -50 - Math.sin(step), lossGenerator: -10 - Math.sin(step) },
  });

  test("has been left behind by the generator", () => {
    const finding = only(caseOf({ preset: "wgan-clip", values: preferring }));
    expect(finding).toMatchObject({ id: "generator-strong", severity: "warning" });
    expect(finding.numbers).toMatch(/answers 9\.96 to generated and -40 to real images/);
    const now = (step: number) => (step > 250 ? preferring(step) : {});
    expect(found(caseOf({ preset: "wgan-clip", values: now }))).toEqual([]);
  });

  test("with labels that are flipped was taught so, and is taught better first", () => {
    const specification = ({ loss }: Case["specification"]) => ({ loss: { ...loss, flipRate: 1 } });
    const finding = only(caseOf({ preset: "wgan-clip", values: preferring, specification }));
    expect(finding.why).toMatch(/the critic is taught/);
    expect(finding.remedies[0]).toMatchObject({ by: "fork", patch: { loss: { flipRate: 0 } } });
  });
});

describe("mode collapse", () => {
  test("where images stay alike", () => {
    const checkup = () => ({ diversity: 0.03, duplicates: 1 });
    expect(only(caseOf({ checkup }))).toMatchObject({ id: "mode-collapse", severity: "serious" });
    expect(only(caseOf({ checkup: () => ({ diversity: 0.1 }) })).severity).toBe("warning");
  });

  test("not of a slow start, where they become different little by little", () => {
    const checkup = (step: number) => ({ diversity: 0.06 + step / 10_000, duplicates: 1 });
    expect(found(caseOf({ checkup }))).toEqual([]);
    const falling = (step: number) => ({ diversity: 0.11 - step / 10_000, duplicates: 1 });
    expect(found(caseOf({ checkup: falling }))).toEqual(["mode-collapse"]);
  });

  test("not while they become different", () => {
    const checkup = (step: number) => ({ diversity: step < 200 ? 0.03 : 0.3 });
    expect(found(caseOf({ checkup }))).toEqual([]);
  });

  test("what changes the weights is a new run, what does not a fork", () => {
    const { remedies } = only(caseOf({ checkup: () => ({ diversity: 0.03 }) }));
    const byTitle = (title: string) => remedies.find((remedy) => remedy.title.includes(title))?.by;
    expect(byTitle("minibatch discrimination")).toBe("start");
    expect(byTitle("learning rate")).toBe("fork");
    expect(byTitle("moved by")).toBe("fork");
  });
});

describe("losses that stand still", () => {
  test("both, for a while", () => {
    const values = () => ({ lossGenerator: 0.693, lossDiscriminator: 0.693 });
    expect(only(caseOf({ values }))).toMatchObject({ id: "frozen-loss", since: 1 });
    const oneMoves = () => ({ lossDiscriminator: 0.693 });
    expect(found(caseOf({ values: oneMoves }))).toEqual([]);
  });

  test("a learning rate of 0 is named", () => {
    const values = () => ({ learningRateDiscriminator: 0 });
    expect(only(caseOf({ values })).name).toBe("The discriminator does not learn");
    const later = (step: number) => (step > 100 ? values() : {});
    expect(only(caseOf({ values: later })).since).toBe(110);
  });

  test("a schedule may end at 0", () => {
    const specification = ({ optimizers }: Case["specification"]) => ({
      optimizers: {
        ...optimizers,
        generator: {
          ...optimizers.generator,
          schedule: { kind: "linear", epochs: 1, endFactor: 0 } as const,
        },
      },
    });
    const values = (step: number) => ({ learningRateGenerator: step > 150 ? 0 : 1e-4 });
    expect(found(caseOf({ values, specification }))).toEqual([]);
  });
});

describe("divergence", () => {
  test("where a number is no number any more", () => {
    const values = (step: number) => (step > 290 ? { lossGenerator: NaN } : {});
    const finding = only(caseOf({ values, facts: { divergedAt: 300 } }));
    expect(finding).toMatchObject({ id: "divergence", severity: "serious", since: 300 });
    expect(finding.numbers).toMatch(/step 290/);
  });

  test("where a run goes on without numbers, since when that is so", () => {
    const lost = (step: number) => (step > 100 ? { lossDiscriminator: NaN } : {});
    expect(only(caseOf({ values: lost }))).toMatchObject({ id: "divergence", since: 110 });
    const recovered = (step: number) => (step === 100 ? { lossDiscriminator: NaN } : {});
    expect(found(caseOf({ values: recovered }))).toEqual([]);
  });

  test("where losses have left their scale, before they are no numbers", () => {
    const values = (step: number) => ({ lossGenerator: step > 100 ? 800 : 0.7 });
    expect(found(caseOf({ values }))).toContain("divergence");
    expect(
      found(caseOf({ values: (step) => ({ lossGenerator: step === 200 ? 800 : 0.7 }) })),
    ).toEqual([]);
  });

  test("of a critic, where its loss is a hundred times what it was", () => {
    const grown = (step: number) => ({
      lossDiscriminator: step > 150 ? -30_000 - step : -5 - Math.sin(step),
      lossGenerator: 1 + Math.sin(step),
    });
    const checkup = () => ({ criticSlope: 1 });
    expect(found(caseOf({ preset: "wgan-gp", values: grown, checkup }))).toEqual(["divergence"]);
  });
});

test("a critic whose answers are thrown about diverges, however it is measured", () => {
  const thrown = (by: number) => (step: number) => ({
    ...{ lossDiscriminator: -5 - Math.sin(step), scoreReal: 5, scoreGenerated: -5 },
    lossGenerator: by * Math.cos(3 * step),
  });
  const checkup = () => ({ criticSlope: 1 });
  const told = (by: number, every: number) =>
    caseOf({ preset: "wgan-gp", steps: 600, every, values: thrown(by), checkup });
  const finding = only(told(300, 10));
  expect(finding).toMatchObject({ id: "divergence", severity: "serious" });
  expect(finding.numbers).toMatch(/could differ by more than 56/);
  expect(found(told(300, 1))).toEqual(["divergence"]);
  expect(found(told(10, 10))).toEqual([]);
  const clipped = {
    ...told(300, 10),
    specification: caseOf({ preset: "wgan-clip" }).specification,
  };
  expect(found(clipped)).toEqual([]);
});

test("oscillation has a period; noise has none", () => {
  const swinging = (step: number) => ({ lossDiscriminator: 0.7 + 0.65 * Math.sin(step / 20) });
  expect(only(caseOf({ steps: 1200, values: swinging })).numbers).toMatch(
    /once in about 1[23]0 steps/,
  );
  let state = 1;
  const noise = () => {
    state = (state * 48_271) % 2_147_483_647;
    return { lossDiscriminator: 0.1 + (1.8 * state) / 2_147_483_647 };
  };
  expect(found(caseOf({ steps: 1200, values: noise }))).toEqual([]);
});

test("a discriminator that knows its images by heart answers otherwise to others", () => {
  const answers = (scoreHeldOut: number) => () => ({
    ...{ scoreTrained: 0.95, scoreHeldOut, scoreSampled: 0.1 },
  });
  expect(only(caseOf({ checkup: answers(0.4) }))).toMatchObject({
    ...{ id: "discriminator-overfit", severity: "warning" },
    remedies: [{ patch: { data: { augmentation: { kind: "affine" } } } }, {}, {}, {}],
  });
  expect(only(caseOf({ checkup: answers(0.15) })).severity).toBe("serious");
  expect(found(caseOf({ checkup: answers(0.9) }))).toEqual([]);
  expect(found(caseOf({ checkup: answers(NaN) }))).toEqual([]);
});

test("copies of training images are found where the run was evaluated", () => {
  const evaluated = (...lows: number[]) =>
    caseOf({
      facts: {
        evaluations: lows.map((low, index) => ({
          step: index * 100,
          memorisation: { value: low + 0.02, low, high: low + 0.04 },
        })),
      },
    });
  expect(only(evaluated(0.5, 0.7, 0.9))).toMatchObject({
    ...{ id: "memorisation", severity: "serious", since: 100 },
  });
  expect(found(evaluated(0.9, 0.55))).toEqual([]);
});

test("an output at the ends of its range counts only beyond that of the data", () => {
  const ends = (generated: number, real: number) => () => ({
    ...{ saturatedGenerated: generated, saturatedReal: real },
  });
  expect(only(caseOf({ checkup: ends(1, 0.88) })).id).toBe("saturated-output");
  expect(found(caseOf({ checkup: ends(0.9, 0.88) }))).toEqual([]);
  expect(found(caseOf({ checkup: ends(1, 1) }))).toEqual([]);
});

test("dead units are told of the network that has more of them", () => {
  const checkup = () => ({ deadGenerator: 0.6, deadDiscriminator: 0.95 });
  expect(only(caseOf({ checkup }))).toMatchObject({
    ...{ id: "dead-units", severity: "serious", name: "Dead units in the discriminator" },
  });
  expect(found(caseOf({ checkup: () => ({ deadGenerator: 0.2 }) }))).toEqual([]);
});

describe("the critic's slope", () => {
  const values = (step: number) => ({ lossDiscriminator: -5 - Math.sin(step) });
  test.each([
    [4, "lowered"],
    [0.1, "raised"],
  ])("of %d is off its target of 1", (slope, change) => {
    const finding = only(
      caseOf({ preset: "wgan-gp", values, checkup: () => ({ criticSlope: slope }) }),
    );
    expect(finding.id).toBe("critic-slope");
    expect(finding.remedies[0]?.title).toContain(change);
  });

  test("somewhat above its target is as usual", () => {
    const checkup = () => ({ criticSlope: 1.8 });
    expect(found(caseOf({ preset: "wgan-gp", values, checkup }))).toEqual([]);
  });

  test("may be anything where nothing asks for one", () => {
    expect(
      found(caseOf({ preset: "wgan-clip", values, checkup: () => ({ criticSlope: 30 }) })),
    ).toEqual([]);
  });
});

test("classes of very different size are a note, then a warning", () => {
  expect(only(caseOf({ checkup: () => ({ imbalance: 4 }) })).severity).toBe("note");
  expect(only(caseOf({ checkup: () => ({ imbalance: 40 }) })).severity).toBe("warning");
});

test("images that do not fill their range are told, with where they lie", () => {
  const lying = (realLow: number, realHigh: number) => () => ({ realLow, realHigh });
  expect(only(caseOf({ checkup: lying(0, 1) })).numbers).toMatch(/between 0 and 1;/);
  expect(only(caseOf({ checkup: lying(-1, -0.99) })).id).toBe("input-scaling");
  expect(found(caseOf({ checkup: lying(-0.9, 0.9) }))).toEqual([]);
});

test("the worst comes first, and every kind of finding has a rule", () => {
  const checkup = () => ({ imbalance: 4, diversity: 0.01, realLow: 0 });
  const severities = diagnose(caseOf({ checkup })).map(({ severity }) => severity);
  expect(severities).toEqual(["serious", "warning", "note"]);
  expect(new Set(findingIds).size).toBe(13);
});

test("a remedy that changes nothing, or gives no valid specification, is not offered", () => {
  for (const { id } of presets) {
    const checkup = () => ({ diversity: 0.01, deadGenerator: 1 });
    for (const { remedies } of diagnose(caseOf({ preset: id, checkup }))) {
      for (const { patch, title } of remedies) {
        expect(Object.keys(patch)).not.toHaveLength(0);
        expect(title).not.toMatch(/NaN|undefined/);
      }
    }
  }
});
