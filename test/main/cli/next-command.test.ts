import { expect, it } from "vitest";
import { goOn, resumeCommand } from "../../../main/cli/next-command.ts";
import { runSummary } from "../../support/fake-api.ts";

const run = runSummary({ id: "run-1", status: "stopped", epochs: 8 });

it("resumes a run that has steps left as it is, and asks a finished one for more epochs", () => {
  expect(resumeCommand(run, "gs")).toBe("gs resume run-1");
  expect(resumeCommand({ ...run, status: "finished" }, "gs")).toBe("gs resume run-1 --epochs 13");
});

it("says how to go on, and nothing of a run that did all it was to do", () => {
  expect(goOn(run, "gs")).toBe("\nGo on with it: gs resume run-1\n");
  expect(goOn({ ...run, status: "failed", code: "session.crashed" }, "gs")).toContain("resume");
  expect(goOn({ ...run, status: "finished" }, "gs")).toBe("");
});

it("does not advise to resume a run that would diverge again", () => {
  expect(goOn({ ...run, status: "failed", code: "run.diverged" }, "gs")).toBe(
    "\nWhy, and what to try: gs diagnose run-1\n",
  );
});
