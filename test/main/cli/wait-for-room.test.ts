import { expect, it, onTestFinished, vi } from "vitest";
import { waitForRoom } from "../../../main/cli/wait-for-room.ts";
import { createClient } from "../../../main/contract/client.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createFakeApi, runSummary } from "../../support/fake-api.ts";

it("a run that waits for room is asked to go on until there is some", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const run = runSummary({ status: "running" });
  let tries = 0;
  const api = createFakeApi({
    "runs.continue": () => {
      if (++tries < 3) throw new Problem("disk.full", "The disk is full.");
      return run;
    },
  });
  const lines: string[] = [];
  const reporter = { line: (text: string) => lines.push(text) } as never;
  const room = waitForRoom(createClient(api), reporter, 1000);
  room.changed(run);
  await vi.advanceTimersByTimeAsync(5000);
  expect(tries).toBe(0);
  const paused = { ...run, status: "paused", code: "disk.full" } as const;
  room.changed(paused);
  room.changed(paused);
  await vi.advanceTimersByTimeAsync(3500);
  expect(tries).toBe(3);
  room.changed(run);
  await vi.advanceTimersByTimeAsync(5000);
  expect(tries).toBe(3);
  expect(lines).toEqual([expect.stringMatching(/waits for room on the disk/)]);
  room.changed({ ...run, status: "paused" });
  room.end();
  await vi.advanceTimersByTimeAsync(5000);
  expect(tries).toBe(3);
});
