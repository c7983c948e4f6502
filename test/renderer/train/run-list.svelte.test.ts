import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunSummary } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { RunList } from "../../../renderer/train/run-list.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleProgress, exampleRun } from "../examples.ts";

function setUp(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "runs.list": () => ({ runs: [exampleRun()] }),
    ...answers,
  });
  const list = new RunList(createStudio(transport));
  return { transport, list, close: list.open() };
}

const loaded = (list: RunList) =>
  vi.waitFor(() => {
    expect(list.runs).not.toBeNull();
  });

test("a run that changes is shown as it is now", async () => {
  const { transport, list } = setUp();
  await loaded(list);
  transport.emit("run.progress", exampleProgress(300));
  expect(list.progressOf("run-1")?.step).toBe(300);
  transport.emit("run.changed", exampleRun({ status: "finished", epoch: 10 }));
  expect(list.runs?.[0]).toMatchObject({ status: "finished", epoch: 10 });
  expect(list.progressOf("run-1")).toBeNull();
});

test("a run that is not in the list yet makes it load again", async () => {
  let runs: RunSummary[] = [];
  const { transport, list } = setUp({ "runs.list": () => ({ runs }) });
  await loaded(list);
  runs = [exampleRun()];
  transport.emit("run.changed", exampleRun());
  await vi.waitFor(() => {
    expect(list.runs?.length).toBe(1);
  });
});

test("the last search wins, even when its answer comes first", async () => {
  const answers: (() => void)[] = [];
  const { list } = setUp({
    "runs.list": ({ search }) =>
      new Promise((resolve) =>
        answers.push(() => {
          resolve({ runs: [exampleRun({ name: search ?? "all" })] });
        }),
      ),
  });
  list.find("old");
  list.find("  new ");
  for (const answer of answers.toReversed()) answer();
  await loaded(list);
  await Promise.resolve();
  expect(list.runs?.[0]?.name).toBe("new");
});

test("more is offered only when there may be more", async () => {
  const many = Array.from({ length: 80 }, (_, i) => exampleRun({ id: `run-${i.toString()}` }));
  const { list } = setUp({ "runs.list": ({ limit }) => ({ runs: many.slice(0, limit) }) });
  await loaded(list);
  expect([list.runs?.length, list.more]).toEqual([50, true]);
  list.showMore();
  await vi.waitFor(() => {
    expect([list.runs?.length, list.more]).toEqual([80, false]);
  });
});

test("a failure is told, and the next success takes it back", async () => {
  let fails = true;
  const { list } = setUp({
    "runs.list": () => {
      if (fails) throw new Problem("home.damaged", "The history cannot be read.");
      return { runs: [] };
    },
  });
  await vi.waitFor(() => {
    expect(list.problem).toBe("The history cannot be read.");
  });
  fails = false;
  await list.load();
  expect([list.problem, list.runs]).toEqual([null, []]);
});

test("closing ends every subscription", () => {
  const { transport, close } = setUp();
  close();
  expect(transport.subscriptions()).toBe(0);
});
