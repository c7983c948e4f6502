import { describe, expect, it } from "vitest";
import { commitEvent, commitProgress, type ProgressCommit } from "../../../main/store/commit.ts";
import { deleteCheckpoints, listCheckpoints } from "../../../main/store/checkpoints.ts";
import type { Home } from "../../../main/store/connection.ts";
import { listEvents } from "../../../main/store/events.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { listSamples } from "../../../main/store/samples.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, measurement, newRun } from "./support/values.ts";

const allOf = (home: Home, run = "run-1") => ({
  run: getRun(home, run),
  measurements: readMeasurements(home, run),
  samples: listSamples(home, run),
  checkpoints: listCheckpoints(home, run),
  events: listEvents(home, run),
});

function homeWithRun(): Home {
  const home = openExample();
  insertRun(home, newRun());
  return home;
}

describe("commitProgress", () => {
  it("stores all of it and moves the run on", () => {
    const home = homeWithRun();
    const commit = epochCommit();
    const row = commitProgress(home, commit);
    expect(row).toMatchObject({ step: 390, epoch: 1, seconds: 12.5, updatedAt: 2000 });
    expect(row.losses).toEqual({ generator: 0.75, discriminator: 1.25 });
    const all = allOf(home);
    expect(all.run).toEqual(row);
    expect(all.measurements.steps).toEqual([195, 390]);
    expect(all.samples).toEqual(commit.samples);
    expect(all.checkpoints).toEqual([{ ...commit.checkpoint, createdAt: 2000 }]);
    expect(all.events).toEqual(commit.events);
  });

  it("stores a part of an epoch, which has neither images nor a checkpoint nor new losses", () => {
    const home = homeWithRun();
    commitProgress(home, epochCommit());
    const part = {
      step: 400,
      measurements: [],
      samples: [],
      checkpoint: null,
      events: [],
      losses: null,
    };
    commitProgress(home, epochCommit(part));
    const all = allOf(home);
    expect(all.run).toMatchObject({ step: 400, losses: { generator: 0.75, discriminator: 1.25 } });
    expect(all.samples).toHaveLength(1);
    expect(all.checkpoints).toHaveLength(1);
  });

  it("replaces what was stored at the same steps, but for events", () => {
    const home = homeWithRun();
    commitProgress(home, epochCommit());
    const before = allOf(home);
    commitProgress(home, epochCommit());
    const { events, ...after } = allOf(home);
    expect(events).toHaveLength(2);
    expect(after).toEqual({ ...after, samples: before.samples, checkpoints: before.checkpoints });
    expect(after.measurements).toEqual(before.measurements);
  });

  const [sample] = epochCommit().samples;
  const checkpoint = epochCommit().checkpoint!;
  const faulty: [string, Partial<ProgressCommit>][] = [
    ["a measurement", { measurements: [measurement(400), measurement(400.5)] }],
    ["a sample", { samples: [{ ...sample!, sha256: "short" }] }],
    ["a checkpoint", { checkpoint: { ...checkpoint, sha256: "" } }],
    ["an event", { events: [{ at: NaN, step: 1, kind: "saved", detail: "" }] }],
    ["the time", { seconds: NaN }],
  ];

  it.each(faulty)("stores nothing at all when %s cannot be stored", (_, change) => {
    const home = homeWithRun();
    commitProgress(home, epochCommit());
    const before = allOf(home);
    expect(() =>
      commitProgress(home, { ...epochCommit({ step: 780, epoch: 2 }), ...change }),
    ).toThrow();
    expect(allOf(home)).toEqual(before);
    expect(home.database.inTransaction).toBe(false);
  });

  it("refuses a run that does not exist, and stores nothing", () => {
    const home = homeWithRun();
    const unknown = expect.objectContaining({ code: "run.unknown" }) as Error;
    expect(() => commitProgress(home, epochCommit({ runId: "none" }))).toThrow(unknown);
    expect(() => {
      commitEvent(home, "none", epochCommit().events[0]!);
    }).toThrow(unknown);
    expect(listEvents(home, "none")).toEqual([]);
  });

  it("says that the disk is full, keeps what was there, and goes on once there is room", () => {
    const home = homeWithRun();
    commitProgress(home, epochCommit());
    const before = allOf(home);
    const pages = home.database.pragma("page_count", { simple: true }) as number;
    home.database.pragma(`max_page_count = ${pages}`);
    const many = Array.from({ length: 2000 }, (_, index) => measurement(391 + index));
    const commit = epochCommit({ step: 2390, epoch: 6, measurements: many });
    const full = expect.objectContaining({ code: "disk.full" }) as Error;
    expect(() => commitProgress(home, commit)).toThrow(full);
    expect(() => commitProgress(home, commit)).toThrow(full);
    expect(allOf(home)).toEqual(before);
    home.database.pragma("max_page_count = 1000000");
    expect(commitProgress(home, commit).step).toBe(2390);
    expect(readMeasurements(home, "run-1").steps).toHaveLength(2002);
  });

  it("keeps events in the order in which they came, whatever the clock said", () => {
    const home = homeWithRun();
    for (const at of [3000, 1000, 2000])
      commitEvent(home, "run-1", { at, step: 0, kind: "paused", detail: "" });
    expect(listEvents(home, "run-1").map(({ at }) => at)).toEqual([3000, 1000, 2000]);
  });

  it("keeps the tables of several runs apart", () => {
    const home = homeWithRun();
    insertRun(home, newRun({ id: "run-2" }));
    const before = allOf(home, "run-2");
    commitProgress(home, epochCommit());
    expect(allOf(home, "run-2")).toEqual(before);
  });
});

describe("deleteCheckpoints", () => {
  it("forgets those that are named, of one run", () => {
    const home = homeWithRun();
    insertRun(home, newRun({ id: "run-2" }));
    for (const runId of ["run-1", "run-2"]) {
      for (const step of [1, 2, 3]) {
        commitProgress(
          home,
          epochCommit({ runId, step, checkpoint: { ...epochCommit().checkpoint!, step } }),
        );
      }
    }
    deleteCheckpoints(home, "run-1", [{ step: 1 }, { step: 3 }, { step: 99 }]);
    expect(listCheckpoints(home, "run-1").map(({ step }) => step)).toEqual([2]);
    expect(listCheckpoints(home, "run-2")).toHaveLength(3);
  });
});
