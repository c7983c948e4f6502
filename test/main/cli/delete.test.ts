import { expect, it } from "vitest";
import { Problem } from "../../../main/spec/problem.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

it("tells what is in the bin already when the next of several cannot be moved there", async () => {
  const runs = ["run-a", "run-b"].map((id) => runSummary({ id }));
  const shell = createFakeShell({
    "runs.list": () => ({ runs, total: 2 }),
    "runs.delete": ({ id }) => {
      if (id === "run-b") throw new Problem("disk.full", "The disk is full.");
      return { id };
    },
  });
  expect(await shell.run("delete", "run-a", "run-b")).toBe(1);
  expect(shell.said()).toContain("Moved run-a to the bin");
  expect(shell.said()).toContain("The disk is full.");
});
