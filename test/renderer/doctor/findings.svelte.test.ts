// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { RunFindings } from "../../../renderer/doctor/findings.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";
import { exampleFinding } from "./examples.ts";

function setUp(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "runs.findings": () => ({ findings: [exampleFinding()] }),
    ...answers,
  });
  const doctor = new RunFindings(createStudio(transport), "run-1");
  const close = doctor.open();
  const loaded = () =>
    vi.waitFor(() => {
      expect(doctor.findings).not.toBeNull();
    });
  return { transport, doctor, close, loaded };
}

const finding = exampleFinding();
const [fork, start] = finding.remedies as [
  (typeof finding.remedies)[0],
  (typeof finding.remedies)[0],
];

test("what is found is asked for, and followed while it changes", async () => {
  const { transport, doctor, close, loaded } = setUp();
  await loaded();
  expect(doctor.findings).toEqual([finding]);
  transport.emit("run.findings", { id: "another", findings: [] });
  expect(doctor.findings).toHaveLength(1);
  transport.emit("run.findings", { id: "run-1", findings: [] });
  expect(doctor.findings).toEqual([]);
  close();
  expect(transport.subscriptions()).toBe(0);
});

test("an announcement that overtakes the answer is not undone by it", async () => {
  const { promise, resolve } = Promise.withResolvers<{ findings: [] }>();
  const { transport, doctor } = setUp({ "runs.findings": () => promise });
  transport.emit("run.findings", { id: "run-1", findings: [finding] });
  resolve({ findings: [] });
  await promise;
  await Promise.resolve();
  expect(doctor.findings).toEqual([finding]);
});

test("a question that fails says why, and the next connection asks again", async () => {
  let works = false;
  const { transport, doctor, loaded } = setUp({
    "runs.findings": () => {
      if (!works) throw new Problem("run.unknown", "There is no run «run-1».");
      return { findings: [] };
    },
  });
  await vi.waitFor(() => {
    expect(doctor.problem).toBe("There is no run «run-1».");
  });
  works = true;
  transport.setConnection("lost");
  transport.setConnection("connected");
  await loaded();
  expect(doctor.problem).toBeNull();
});

test("a remedy forks from the end of the epoch before, with its change and a name that tells it", async () => {
  const { transport, doctor, loaded } = setUp({ "runs.fork": () => exampleRun({ id: "child" }) });
  await loaded();
  const detail = exampleDetail();
  expect(await doctor.treat(detail, finding, fork)).toMatchObject({ id: "child" });
  expect(transport.asked.at(-1)).toMatchObject({
    command: "runs.fork",
    payload: {
      ...{ id: "run-1", epoch: 2 },
      name: `First digits: ${fork.title}`,
      specification: {
        ...{ preset: "lsgan-dc" },
        optimizers: { discriminator: { learningRate: 1e-4, beta1: 0.5 } },
      },
    },
  });
  expect(doctor.treating).toBeNull();
});

test("what needs other weights starts a new run", async () => {
  const { transport, doctor, loaded } = setUp({ "runs.start": () => exampleRun({ id: "anew" }) });
  await loaded();
  await doctor.treat(exampleDetail(), finding, start);
  expect(transport.asked.at(-1)).toMatchObject({
    command: "runs.start",
    payload: { engine: "auto" },
  });
});

test("a remedy that fails says why and starts nothing", async () => {
  const { doctor, loaded } = setUp({
    "runs.fork": () => {
      throw new Problem("disk.full", "The disk is full.");
    },
  });
  await loaded();
  expect(await doctor.treat(exampleDetail(), finding, fork)).toBeNull();
  expect(doctor.treatmentProblem).toBe("The disk is full.");
});

test("one remedy at a time", async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof exampleRun>>();
  const { transport, doctor, loaded } = setUp({ "runs.fork": () => promise });
  await loaded();
  const first = doctor.treat(exampleDetail(), finding, fork);
  expect(doctor.treating).toBe(fork.title);
  expect(await doctor.treat(exampleDetail(), finding, start)).toBeNull();
  resolve(exampleRun());
  await first;
  expect(transport.asked.filter(({ command }) => command === "runs.fork")).toHaveLength(1);
});
