import { describe, expect, it } from "vitest";
import { bestEvaluation, metrics, protocolKey } from "../../../main/spec/evaluation.ts";
import { evaluationExample } from "../../support/evaluation.ts";

const withSeed = (epoch: number, value: number, seed: number) => {
  const evaluation = evaluationExample(epoch, value);
  return { ...evaluation, protocol: { ...evaluation.protocol, seed } };
};

describe("evaluations", () => {
  it("have their best by what is better: a low distance, a high precision", () => {
    const three = [4, 2, 3].map((value, i) => evaluationExample(i + 1, value));
    expect(bestEvaluation(three, "frechetDistance")?.epoch).toBe(2);
    const precise = three.map((one, i) => ({
      ...one,
      values: { precision: { value: i / 3, low: 0, high: 1 } },
    }));
    expect(bestEvaluation(precise, "precision")?.epoch).toBe(3);
  });

  it("that are equal have the first as their best", () => {
    const two = [1, 2].map((epoch) => evaluationExample(epoch, 7));
    expect(bestEvaluation(two, "frechetDistance")?.epoch).toBe(1);
  });

  it("are compared with those of the newest one's protocol alone", () => {
    const mixed = [withSeed(1, 0.1, 9), withSeed(2, 5, 0), withSeed(3, 4, 0)];
    expect(bestEvaluation(mixed, "frechetDistance")?.epoch).toBe(3);
  });

  it("have no best without a finite value, or by a metric that has no better side", () => {
    const broken = evaluationExample(1, NaN);
    expect(bestEvaluation([broken], "frechetDistance")).toBeNull();
    expect(bestEvaluation([broken, evaluationExample(2, 9)], "frechetDistance")?.epoch).toBe(2);
    expect(bestEvaluation([], "frechetDistance")).toBeNull();
    expect(metrics.memorisation.better).toBeNull();
    expect(bestEvaluation([broken], "memorisation")).toBeNull();
  });

  it("share a protocol's key whatever the product's version, and not for other numbers of images", () => {
    const { protocol } = evaluationExample(1, 1);
    expect(protocolKey({ ...protocol, product: "9.9.9" })).toBe(protocolKey(protocol));
    for (const other of [
      { ...protocol, images: 2000 },
      { ...protocol, seed: 1 },
      { ...protocol, version: 2 },
      { ...protocol, real: { ...protocol.real, data: "0" } },
      { ...protocol, features: { ...protocol.features, hash: "0" } },
    ])
      expect(protocolKey(other)).not.toBe(protocolKey(protocol));
  });
});
