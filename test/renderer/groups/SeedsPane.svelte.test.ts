import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { GroupSummary } from "../../../main/contract/family.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail } from "../examples.ts";
import SeedsInFrame from "./SeedsInFrame.svelte";

const { specification } = exampleDetail();

test("the next seeds are proposed; those that are typed are trained", async () => {
  const group = { id: "group-1" } as GroupSummary;
  const transport = createFakeTransport({ "groups.start": () => group });
  const onstarted = vi.fn();
  const studio = createStudio(transport);
  render(SeedsInFrame, {
    props: { studio, id: "run-1", name: "Digits", specification, onstarted },
  });
  const field = screen.getByLabelText<HTMLInputElement>("Seeds");
  const next = specification.seed + 1;
  expect(field.value).toBe(`${next.toString()}..${(next + 3).toString()}`);
  await fireEvent.input(field, { target: { value: "7,8" } });
  await fireEvent.click(screen.getByRole("button", { name: "Train 2 runs" }));
  await waitFor(() => {
    expect(onstarted).toHaveBeenCalledWith(group);
  });
  expect(transport.asked[0]?.payload).toEqual({
    ...{ specification, seeds: [7, 8], name: "Digits", engine: "auto" },
  });
});

test("what are no seeds cannot be sent, and a refusal is told", async () => {
  const transport = createFakeTransport({
    "groups.start": () => {
      throw new Problem("data.missing", "The data set is gone.");
    },
  });
  const studio = createStudio(transport);
  render(SeedsInFrame, {
    props: { studio, id: "run-1", name: "Digits", specification, onstarted: () => undefined },
  });
  const field = screen.getByLabelText("Seeds");
  await fireEvent.input(field, { target: { value: "many" } });
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("button", { name: "Train them" })).toHaveProperty("disabled", true);
  await fireEvent.input(field, { target: { value: "7" } });
  await fireEvent.click(screen.getByRole("button", { name: "Train 1 run" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The data set is gone.");
});
