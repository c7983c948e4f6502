import { expect, it, onTestFinished, vi } from "vitest";
import { createOneShots } from "../../../../main/api/sessions/one-shot.ts";
import { askEngine } from "../../../../main/api/system/ask-engine.ts";
import { fakeHost } from "../../../support/fake-host.ts";

it("a job that was being prepared when all was ended begins no process", async () => {
  const { host, sessions } = fakeHost();
  const oneShots = createOneShots(host);
  oneShots.end();
  const asked = oneShots.run({ kind: "describe", engine: "auto" }, "described");
  await expect(asked).rejects.toMatchObject({ code: "run.state" });
  expect(sessions).toEqual([]);
});

it("an engine that says nothing is given up, also one that is only being tried", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const asked = askEngine(createOneShots(fakeHost().host), "tensorflow", { NAME: "value" });
  vi.advanceTimersByTime(120_000);
  await expect(asked).rejects.toMatchObject({
    code: "engine.unavailable",
    message: expect.stringMatching(/^TensorFlow or the graphics driver did not answer/) as string,
  });
});
