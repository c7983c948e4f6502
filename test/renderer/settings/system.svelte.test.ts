// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { SystemDescription } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { System } from "../../../renderer/settings/system.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

test("another TensorFlow is tried once at a time, and why it is not used is told until one is", async () => {
  const asked: unknown[] = [];
  let fails = true;
  const description = { version: "0.1.0" } as SystemDescription;
  const transport = createFakeTransport({
    "system.useTensorflow": ({ folder }) => {
      asked.push(folder);
      if (fails) throw new Problem("usage", "That holds no TensorFlow library.");
      return description;
    },
  });
  const system = new System(createStudio(transport));
  await Promise.all([system.useTensorflow("/a"), system.useTensorflow("/b")]);
  expect(asked).toEqual(["/a"]);
  expect(system.choiceProblem).toBe("That holds no TensorFlow library.");
  expect(system.choosing).toBe(false);
  fails = false;
  await system.useTensorflow(null);
  expect(system.choiceProblem).toBeNull();
  expect(system.description).toEqual(description);
});

test("a machine that cannot be described says why, and is asked again when the program is back", async () => {
  let fails = true;
  const description = { version: "0.1.0" } as SystemDescription;
  const transport = createFakeTransport({
    "system.describe": () => {
      if (fails) throw new Problem("engine.unavailable", "No engine could be loaded.");
      return description;
    },
  });
  const system = new System(createStudio(transport));
  system.open();
  await vi.waitFor(() => {
    expect(system.problem).toBe("No engine could be loaded.");
  });
  fails = false;
  transport.setConnection("lost");
  transport.setConnection("connected");
  await vi.waitFor(() => {
    expect(system.description).toEqual(description);
  });
  expect(system.problem).toBeNull();
});
