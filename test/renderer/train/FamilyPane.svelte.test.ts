import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import FamilyPane from "../../../renderer/train/FamilyPane.svelte";
import { exampleDetail, exampleRun } from "../examples.ts";

function show(changes: Parameters<typeof exampleDetail>[0] = {}) {
  render(FamilyPane, {
    props: {
      detail: exampleDetail(changes),
      addressOf: (id: string) => `#/runs/${id}`,
      groupAddress: (id: string) => `#/groups/${id}`,
      forkAddress: (epoch: number) => `#/new?from=run-1&epoch=${epoch.toString()}`,
    },
  });
  return () => screen.getByRole("link", { name: "Fork here" }).getAttribute("href");
}
const checkpoint = (step: number, epoch: number) => ({ step, epoch, bytes: 1, sha256: "" });

test("a run is forked after the newest epoch, or another that is kept", async () => {
  const checkpoints = [checkpoint(142, 1), checkpoint(284, 2), checkpoint(300, 2)];
  const address = show({ checkpoints });
  expect(address()).toBe("#/new?from=run-1&epoch=2");
  const choice = screen.getByRole("combobox", { name: "After epoch" });
  expect([...choice.querySelectorAll("option")].map(({ value }) => value)).toEqual(["1", "2"]);
  await fireEvent.change(choice, { target: { value: "1" } });
  expect(address()).toBe("#/new?from=run-1&epoch=1");
});

test("a run without a kept epoch says when it can be forked", () => {
  show({ checkpoints: [checkpoint(50, 0)] });
  expect(screen.queryByRole("link", { name: "Fork here" })).toBeNull();
  expect(screen.getByText(/once its first epoch/)).toBeTruthy();
});

test("it tells where a run comes from and what belongs to it", () => {
  const run = exampleRun({
    parent: { run: "old-1", step: 142, epoch: 1 },
    group: { id: "group-1", name: "Tries", runs: 3 },
    forks: 2,
  });
  show({ run });
  expect(screen.getByRole("link", { name: "old-1" }).getAttribute("href")).toBe("#/runs/old-1");
  expect(screen.getByRole("link", { name: "Tries" }).getAttribute("href")).toBe("#/groups/group-1");
  expect(screen.getByText("2 runs forked from it.")).toBeTruthy();
});
