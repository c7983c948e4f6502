// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunSummary } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { RunList } from "../../../renderer/runs/run-list.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleProgress, exampleRun } from "../examples.ts";

const many = Array.from({ length: 10_000 }, (_, i) => exampleRun({ id: `run-${i.toString()}` }));
const paged =
  (runs: readonly RunSummary[]): Handlers["runs.list"] =>
  ({ limit = runs.length, offset = 0 }) => ({
    runs: runs.slice(offset, offset + limit),
    total: runs.length,
  });

function setUp(answer: Handlers["runs.list"] = paged([exampleRun()])) {
  const transport = createFakeTransport({ "runs.list": answer });
  const list = new RunList(createStudio(transport));
  return { transport, list, close: list.open() };
}

const loaded = (list: RunList) =>
  vi.waitFor(() => {
    expect(list.loading).toBe(false);
  });
const offsets = (transport: ReturnType<typeof createFakeTransport>) =>
  transport.asked.map(({ payload }) => (payload as { offset: number }).offset);

test("a run that changes is shown as it is now", async () => {
  const { transport, list } = setUp();
  await loaded(list);
  transport.emit("run.progress", exampleProgress(300));
  expect(list.progressOf("run-1")?.step).toBe(300);
  transport.emit("run.sampled", {
    id: "run-1",
    sample: { step: 426, epoch: 3, closesEpoch: true, count: 4, columns: 2 },
  });
  expect(list.rowAt(0)?.newestSample).toBe(426);
  transport.emit("run.changed", exampleRun({ status: "finished", epoch: 10 }));
  expect(list.rowAt(0)).toMatchObject({ status: "finished", epoch: 10 });
  expect(list.progressOf("run-1")).toBeNull();
});

test("a run that is not in the list yet makes it load again, and so does one that is deleted", async () => {
  let runs: RunSummary[] = [];
  const { transport, list } = setUp((query) => paged(runs)(query));
  await loaded(list);
  expect(list.total).toBe(0);
  runs = [exampleRun()];
  transport.emit("run.changed", exampleRun());
  await vi.waitFor(() => {
    expect(list.rowAt(0)?.id).toBe("run-1");
  });
  runs = [];
  transport.emit("run.deleted", { id: "run-1" });
  await vi.waitFor(() => {
    expect([list.total, list.rowAt(0)]).toEqual([0, undefined]);
  });
});

test("of ten thousand runs only the pages in view are asked for, each once", async () => {
  const { transport, list } = setUp(paged(many));
  await loaded(list);
  expect([list.total, offsets(transport)]).toEqual([10_000, [0]]);
  list.show(9_940, 9_960);
  list.show(9_941, 9_961);
  await vi.waitFor(() => {
    expect(list.rowAt(9_960)?.id).toBe("run-9960");
  });
  expect(offsets(transport)).toEqual([0, 9_900, 9_950]);
  expect([list.rowAt(49)?.id, list.rowAt(50)]).toEqual(["run-49", undefined]);
});

test("what is loaded again starts with what is in view", async () => {
  const { transport, list } = setUp(paged(many));
  await loaded(list);
  list.show(500, 510);
  await vi.waitFor(() => {
    expect(list.rowAt(500)).toBeDefined();
  });
  await list.load();
  expect(offsets(transport).at(-1)).toBe(500);
  expect([list.rowAt(505)?.id, list.rowAt(0)]).toEqual(["run-505", undefined]);
});

test("search, filters and order go with every question, and start from the top", async () => {
  const { transport, list } = setUp(paged(many));
  await loaded(list);
  list.show(500, 510);
  list.ask({ search: "  abc ", status: ["failed"], preset: null, order: "name" });
  await loaded(list);
  expect(transport.asked.at(-1)?.payload).toEqual({
    ...{ limit: 50, offset: 0, order: "name", descending: true },
    ...{ search: "abc", status: ["failed"], preset: null },
  });
  expect(list.narrowed).toBe(true);
});

test("the last search wins, even when its answer comes first", async () => {
  const answers: (() => void)[] = [];
  const { list } = setUp(
    ({ search }) =>
      new Promise((resolve) =>
        answers.push(() => {
          resolve({ runs: [exampleRun({ name: search ?? "all" })], total: 1 });
        }),
      ),
  );
  list.ask({ search: "old" });
  list.ask({ search: "new" });
  for (const answer of answers.toReversed()) answer();
  await loaded(list);
  await Promise.resolve();
  expect(list.rowAt(0)?.name).toBe("new");
});

test("a failure is told, and the next success takes it back", async () => {
  let fails = true;
  const { list } = setUp(() => {
    if (fails) throw new Problem("home.damaged", "The history cannot be read.");
    return { runs: [], total: 0 };
  });
  await vi.waitFor(() => {
    expect(list.problem).toBe("The history cannot be read.");
  });
  fails = false;
  await list.load();
  expect([list.problem, list.total]).toEqual([null, 0]);
});

test("what is told while an answer is on its way is newer than the answer", async () => {
  const answers: (() => void)[] = [];
  const { transport, list } = setUp(
    () =>
      new Promise((resolve) =>
        answers.push(() => {
          resolve({ runs: [exampleRun()], total: 1 });
        }),
      ),
  );
  answers.shift()?.();
  await loaded(list);
  const loading = list.load();
  transport.emit("run.changed", exampleRun({ status: "finished" }));
  answers.shift()?.();
  await loading;
  expect(list.rowAt(0)?.status).toBe("finished");
});

test("rows stay where they are loaded again and nobody answers", async () => {
  let fails = false;
  const { list } = setUp((query) => {
    if (fails) throw new Problem("unreachable", "GAN Studio does not answer.");
    return paged(many)(query);
  });
  await loaded(list);
  fails = true;
  await list.load();
  expect([list.rowAt(3)?.id, list.total]).toEqual(["run-3", 10_000]);
});

test("closing ends every subscription", () => {
  const { transport, close } = setUp();
  close();
  expect(transport.subscriptions()).toBe(0);
});
