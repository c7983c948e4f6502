import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { expect, test, vi } from "vitest";
import type { Finding } from "../../../main/spec/doctor/finding.ts";
import type { RunDetail } from "../../../main/contract/runs.ts";
import { RunFindings } from "../../../renderer/doctor/findings.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";
import DoctorInFrame from "./DoctorInFrame.svelte";
import { exampleFinding } from "./examples.ts";

// How a chart is drawn is a matter for a real browser.
vi.mock("../../../renderer/shared/chart.ts", () => ({
  createChart: () => ({ show: () => undefined, destroy: () => undefined }),
}));

vi.stubGlobal("matchMedia", () => ({
  ...{ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined },
}));

async function show(findings: Finding[], detail: RunDetail = exampleDetail()) {
  const transport = createFakeTransport({
    "runs.findings": () => ({ findings }),
    "runs.fork": () => exampleRun({ id: "child" }),
  });
  const doctor = new RunFindings(createStudio(transport), "run-1");
  doctor.open();
  await vi.waitFor(() => {
    expect(doctor.findings).not.toBeNull();
  });
  const onstarted = vi.fn();
  const { container } = render(DoctorInFrame, { props: { doctor, detail, onstarted } });
  return { transport, onstarted, container };
}

async function open(name: string) {
  const details = screen.getByText(name).closest("details") as HTMLDetailsElement;
  details.open = true;
  await fireEvent(details, new Event("toggle"));
}

test("each finding is a line: its name, its severity, since when", async () => {
  await show([
    exampleFinding(),
    exampleFinding({ id: "unbalanced-data", name: "Unbalanced", severity: "note" }),
  ]);
  expect(screen.getByText("The generator is too strong")).toBeTruthy();
  expect(screen.getByText("Warning")).toBeTruthy();
  expect(screen.getByText("Note")).toBeTruthy();
  expect(screen.getAllByText("since step 150")).toHaveLength(2);
  expect(screen.queryByText(/always right/)).toBeNull();
});

test("opened, it tells the numbers, why it happens, and what to try in which order", async () => {
  const { container } = await show([exampleFinding()]);
  await open("The generator is too strong");
  expect(screen.getByText(/It answers 0.998/)).toBeTruthy();
  expect(screen.getByText(/always right teaches nothing/)).toBeTruthy();
  const items = screen.getAllByRole("listitem").filter((item) => item.closest("ol"));
  expect(items.map((item) => item.textContent.trim())).toEqual([
    expect.stringContaining("lowered to 0.0001"),
    expect.stringContaining("dropout"),
  ]);
  expect(
    screen.getByRole("slider", { name: /loss, 0 its best/ }).getAttribute("aria-valuetext"),
  ).toMatch(/dashed line is at 0.01/);
  const { violations } = await axe.run(container, {
    rules: { region: { enabled: false }, "color-contrast": { enabled: false } },
  });
  expect(violations).toEqual([]);
});

test("a remedy's button says where it forks, and leads to the new run", async () => {
  const { onstarted } = await show([exampleFinding()]);
  await open("The generator is too strong");
  await fireEvent.click(screen.getByRole("button", { name: /^Fork at epoch 2 with the/ }));
  await waitFor(() => {
    expect(onstarted).toHaveBeenCalledWith(expect.objectContaining({ id: "child" }));
  });
  expect(screen.getByRole("button", { name: /^Start anew with dropout/ })).toBeTruthy();
});

test("without a checkpoint every remedy is a new run", async () => {
  await show([exampleFinding()], exampleDetail({ checkpoints: [] }));
  await open("The generator is too strong");
  expect(screen.queryByRole("button", { name: /^Fork/ })).toBeNull();
  expect(screen.getAllByRole("button", { name: /^Start anew/ })).toHaveLength(2);
});

test("where nothing is found it says so, and of a young run that it is too early", async () => {
  await show([]);
  expect(screen.getByText("Nothing conspicuous was measured.")).toBeTruthy();
  document.body.replaceChildren();
  await show([], exampleDetail({ run: exampleRun({ step: 20 }) }));
  expect(screen.getByText(/first hundred steps tell too little/)).toBeTruthy();
});
