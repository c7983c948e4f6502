import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { createTrainer } from "../../../main/engine/create-trainer.ts";
import { buildGan } from "../../../main/engine/gan.ts";
import { engines } from "../../support/engines.ts";
import { randomFeed } from "../../support/random-feed.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { tensorflowMissing, tensorflowTitle } from "../../support/tensorflow.ts";

const specification = smallSpecification();
const request = { eager: false, batchSizes: [[16]], sheet: 4 };

describe.skipIf(tensorflowMissing)(`a run's trainer on ${tensorflowTitle}`, () => {
  it("compiles its step, and says how long that took", async () => {
    await loadBackend("tensorflow");
    const { trainer, compilation } = await createTrainer(
      buildGan(specification),
      undefined,
      request,
    );
    expect(compilation).toMatchObject({ mode: "compiled" });
    expect(trainer.mode).toBe("compiled");
    trainer.dispose();
  });

  it("is eager where that is asked for", async () => {
    await loadBackend("tensorflow");
    const asked = { ...request, eager: true };
    const { trainer, compilation } = await createTrainer(buildGan(specification), undefined, asked);
    expect(compilation).toEqual({ mode: "eager", reason: "Compiling was switched off." });
    expect(trainer.mode).toBe("eager");
    trainer.dispose();
  });

  it("is eager, with the reason, where the step cannot be a graph, and trains all the same", async () => {
    await loadBackend("tensorflow");
    const gan = buildGan(specification);
    const loss = {
      ...gan.loss,
      generator: (answers: Parameters<typeof gan.loss.generator>[0]) => {
        answers.dataSync();
        return gan.loss.generator(answers);
      },
    };
    const { trainer, compilation } = await createTrainer({ ...gan, loss }, undefined, request);
    expect(compilation).toEqual({
      mode: "eager",
      reason:
        "The step cannot be compiled: the step reads a value back while it runs, which would be frozen.",
    });
    const measured = await trainer.step(randomFeed(specification, 1));
    expect(Number.isFinite(measured.lossGenerator)).toBe(true);
    trainer.dispose();
  });
});

const wasm = engines.find(({ name }) => name === "wasm");
describe.skipIf(wasm?.missing)(`a run's trainer on ${wasm?.title ?? "wasm"}`, () => {
  it("is eager, and says that only TensorFlow compiles", async () => {
    await loadBackend("wasm");
    const { trainer, compilation } = await createTrainer(
      buildGan(specification),
      undefined,
      request,
    );
    expect(compilation).toEqual({ mode: "eager", reason: "Only TensorFlow compiles steps." });
    trainer.dispose();
  });
});
