import { expect, test, vi } from "vitest";
import type { SystemDescription } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { System } from "../../../renderer/settings/system.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

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
