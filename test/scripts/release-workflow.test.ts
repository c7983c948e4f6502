/** The workflow that builds the packages elsewhere: it cannot run here, so its text is held to its rules. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { readYaml } from "../support/packaging/yaml.ts";

interface Step {
  if?: string;
  uses?: string;
  run?: string;
  shell?: string;
  with?: Record<string, string | number | boolean>;
  env?: Record<string, string>;
}
interface Job {
  if?: string;
  needs?: string;
  "runs-on": string;
  permissions?: Record<string, string>;
  strategy?: { "fail-fast": boolean; matrix: { os: string[] } };
  steps: Step[];
}
interface Workflow {
  on: { push?: { tags: string[] }; workflow_dispatch?: null };
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const root = join(import.meta.dirname, "..", "..");
const workflow = readYaml(join(root, ".github", "workflows", "release.yml")) as Workflow;
const builder = readYaml(join(root, "electron-builder.yml")) as Record<
  "linux" | "win" | "mac",
  { target: (string | { target: string; arch: string[] })[] }
>;
const jobs = Object.values(workflow.jobs);
const steps = jobs.flatMap((job) => job.steps);
const { package: packaging, release } = workflow.jobs as { package: Job; release: Job };
const placeOf = (text: string) => packaging.steps.findIndex(({ run }) => run?.includes(text));

it("starts for version tags and by hand, never for what strangers propose", () => {
  expect(Object.keys(workflow.on).sort()).toEqual(["push", "workflow_dispatch"]);
  expect(workflow.on.push?.tags).toEqual(["v*"]);
});

it("may write in the one job that makes the release, and nowhere else", () => {
  expect(workflow.permissions).toEqual({ contents: "read" });
  expect(packaging.permissions).toBeUndefined();
  expect(release.permissions).toEqual({ contents: "write" });
  expect(release.needs).toBe("package");
  expect(release.if).toContain("refs/tags/v");
});

it("is made of steps that each do one thing, with other people's work pinned to a commit", () => {
  for (const step of steps) {
    expect([step.uses, step.run].filter((one) => one !== undefined)).toHaveLength(1);
    if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  }
});

it("puts nothing into a command that a stranger could have written", () => {
  for (const { run = "" } of steps)
    for (const [, expression = ""] of run.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g))
      expect(expression).toBe("matrix.os");
});

it("builds on the three systems, and on both kinds of Apple's processors", () => {
  const systems = packaging.strategy?.matrix.os ?? [];
  for (const name of ["ubuntu-", "windows-", "macos-"])
    expect(
      systems.some((system) => system.startsWith(name)),
      name,
    ).toBe(true);
  expect(systems.filter((system) => system.startsWith("macos-"))).toHaveLength(2);
  expect(packaging["runs-on"]).toBe("${{ matrix.os }}");
  // One system that fails must not take the others' packages along.
  expect(packaging.strategy?.["fail-fast"]).toBe(false);
  // «macos-15» alone would be a moving name like «latest».
  for (const system of systems) expect(system).toMatch(/-\d/);
});

it("checks and tests before it packages, with Electron's executable there for the desktop's specs", () => {
  const order = ["npm run check", "electron/install.js", "npm test", "npm run package", "shasum"];
  const places = order.map(placeOf);
  for (const [i, place] of places.entries()) expect(place, order[i]).toBeGreaterThanOrEqual(0);
  expect([...places].sort((left, right) => left - right)).toEqual(places);
  const tests = packaging.steps.filter(({ run }) => run?.includes("npm test"));
  expect(tests.map((step) => step.if)).toEqual(["runner.os == 'Linux'", "runner.os != 'Linux'"]);
  expect(tests[0]?.run).toContain("xvfb-run");
  expect(tests[1]?.run).toContain("test/e2e/desktop");
});

it("hands over every kind of package that is built, with the sums of all of them", () => {
  const endings: Record<string, string> = {
    AppImage: "AppImage",
    deb: "deb",
    nsis: "exe",
    dmg: "dmg",
  };
  const built = [builder.linux, builder.win, builder.mac].flatMap(({ target }) =>
    target.map((one) => endings[typeof one === "string" ? one : one.target]),
  );
  const handed = packaging.steps.find(({ uses }) => uses?.includes("upload-artifact"))?.with ?? {};
  const paths = String(handed.path).trim().split("\n");
  const sums = packaging.steps[placeOf("shasum")]?.run ?? "";
  for (const ending of built) {
    expect(ending).toBeDefined();
    expect(paths).toContain(`dist/packages/*.${ending ?? ""}`);
    expect(sums).toContain(`-name '*.${ending ?? ""}'`);
  }
  expect(sums).toContain("--algorithm 256");
  expect(paths).toContain("dist/packages/SHA256SUMS-*.txt");
  expect(handed["if-no-files-found"]).toBe("error");
});
