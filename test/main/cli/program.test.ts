import { expect, it } from "vitest";
import { Problem } from "../../../main/spec/problem.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

it("prints its help, and nothing is opened, when called alone or with --help", async () => {
  for (const words of [[], ["--help"], ["-h"]]) {
    const shell = createFakeShell();
    expect(await shell.run(...words)).toBe(0);
    expect(shell.printed()).toMatch(/^Usage: gan-studio/);
    for (const name of ["train", "runs", "show", "resume", "sample", "data", "bench", "doctor"])
      expect(shell.printed()).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    expect(shell.printed()).not.toMatch(/^ {2}demo\b/m);
    expect(shell.said()).toBe("");
    expect(shell.homes).toEqual([]);
  }
});

it.each(["train", "runs", "show", "resume", "sample", "bench", "doctor", "serve"])(
  "gives %s a help with examples and the options that all share",
  async (name) => {
    const shell = createFakeShell();
    expect(await shell.run(name, "--help")).toBe(0);
    expect(shell.printed()).toContain(`Examples:\n  $ gan-studio ${name}`);
    expect(shell.printed()).toContain("--json");
    expect(shell.printed()).toContain("--home");
  },
);

it("names itself as it is called, so that examples can be typed as they stand", async () => {
  const shell = createFakeShell({}, { program: "npm run gan-studio --" });
  await shell.run("doctor", "--help");
  expect(shell.printed()).toContain("$ npm run gan-studio -- doctor");
});

it("prints a command's help when asked for it the other way round", async () => {
  const shell = createFakeShell();
  expect(await shell.run("help", "train")).toBe(0);
  expect(shell.printed()).toMatch(/^Usage: gan-studio train/);
});

it("prints its version", async () => {
  const shell = createFakeShell();
  expect(await shell.run("--version")).toBe(0);
  expect(shell.printed()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([
  [["trian"], /Unknown command 'trian'.*train/],
  [["runs", "--color"], /Unknown option '--color'/],
  [["runs", "extra"], /Too many arguments/],
  [["show"], /Missing required argument/],
  [["data"], /Name one of the commands/],
  [["data", "vanish"], /Unknown command 'vanish'/],
  [["runs", "--limit", "0"], /--limit.*from 1 to 10,000/],
  [["runs", "--limit", "1e3"], /--limit/],
  [["runs", "--limit", "-1"], /--limit/],
  [["runs", "--limit"], /argument missing/],
  [["train", "--preset", "lsgan-dc", "--seed", "2147483648"], /--seed.*2,147,483,647/],
  [["train", "--preset", "lsgan-dc", "--epochs", "2.5"], /--epochs/],
  [["train", "--preset", "lsgan-dc", "--engine", "cuda"], /auto, tensorflow, wasm/],
  [["serve", "--port", "65536"], /--port/],
  [["train", "--preset", "lsgan-dc", "--set", "seed=7", "--seed", "8"], /--seed and --set seed/],
  [["fork", "last", "--set", "loop.epochs = 7", "--epochs", "8"], /--epochs and --set epochs/],
  [["rm", "last"], /Unknown command 'rm'\. Did you mean «delete»\? See: gan-studio --help/],
  [["data", "rm", "x"], /Unknown command 'rm'\. Did you mean «data remove»\? See: .* data --help/],
  [["data", "add"], /Missing required argument.*See: gan-studio data add --help/],
  [["help", "vanish"], /Name one of the commands/],
  [["compare", "a", "b", "--out", "picture.jpg"], /\.html/],
  [["sample", "last", "--out", "picture.jpg"], /\.png.*\.npy/],
])("calls %j wrong usage: exit code 2, a sentence, no stack", async (words, sentence) => {
  const shell = createFakeShell();
  expect(await shell.run(...words)).toBe(2);
  expect(shell.said().replaceAll("\n", " ")).toMatch(sentence);
  expect(shell.said()).not.toContain("    at ");
  expect(shell.printed()).toBe("");
  expect(shell.homes).toEqual([]);
});

it.each([[["trian"]], [["train", "--preset", "nope"]], [["show"]]])(
  "tells %j with --json as one document and keeps standard error empty",
  async (words) => {
    const shell = createFakeShell();
    const { code, document } = await shell.json(...words);
    expect(code).toBe(2);
    expect(document).toEqual({
      error: {
        code: expect.stringMatching(/^(usage|preset\.unknown)$/) as string,
        message: expect.any(String) as string,
      },
    });
    expect(shell.said()).toBe("");
  },
);

it("takes the shared options before and after the command", async () => {
  for (const words of [
    ["--home", "/data", "--json", "runs"],
    ["runs", "--json", "--home", "/data"],
    ["--json", "runs", "--home=/data"],
  ]) {
    const shell = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
    expect(await shell.run(...words)).toBe(0);
    expect(shell.homes).toEqual(["/data"]);
    expect(JSON.parse(shell.printed())).toEqual({ runs: [], total: 0 });
  }
});

it("closes the data folder after success and failure alike", async () => {
  const good = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
  await good.run("runs");
  expect(good.api.closed()).toBe(1);
  const bad = createFakeShell({
    "runs.list": () => {
      throw new Problem("home.damaged", "The database is damaged.");
    },
  });
  expect(await bad.run("runs")).toBe(1);
  expect(bad.said()).toBe("The database is damaged.\n");
  expect(bad.api.closed()).toBe(1);
});

it("reports a locked data folder as failure, before anything is asked", async () => {
  const locked = new Problem("home.locked", "Another GAN Studio uses this data folder.");
  const shell = createFakeShell({}, { openApi: () => Promise.reject(locked) });
  expect(await shell.json("runs")).toEqual({
    code: 1,
    document: { error: { code: "home.locked", message: locked.message } },
  });
});

it("shows the stack of a bug only to who asks for it", async () => {
  const answers = {
    "runs.list": () => {
      throw new Error("a bug");
    },
  };
  const plain = createFakeShell(answers);
  expect(await plain.run("runs")).toBe(1);
  expect(plain.said()).toContain("a bug");
  expect(plain.said()).not.toContain("    at ");
  const debug = createFakeShell(answers, { environment: { GAN_STUDIO_DEBUG: "1" } });
  await debug.run("runs");
  expect(debug.said()).toContain("    at ");
});

it("writes numbers that JSON lacks as null", async () => {
  const losses = { generator: NaN, discriminator: Infinity };
  const shell = createFakeShell({
    "runs.list": () => ({ runs: [runSummary({ losses })], total: 1 }),
  });
  const { document } = await shell.json("runs");
  expect(document).toMatchObject({ runs: [{ losses: { generator: null, discriminator: null } }] });
});

it("lets no name from elsewhere steer the terminal, and leaves it whole in JSON", async () => {
  const name = "A\u001b[2J\u009b31m\u202eB\nrun-2  finished";
  const run = runSummary({ id: "run-1", name });
  const shell = () => createFakeShell({ "runs.list": () => ({ runs: [run], total: 1 }) });
  const page = shell();
  expect(await page.run("runs")).toBe(0);
  expect(page.printed()).toContain("A [2J 31m\ufffdB run-2  finished");
  const script = shell();
  const { document } = await script.json("runs");
  expect(document).toMatchObject({ runs: [{ name }] });
  expect(script.printed()).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  const broken = createFakeShell({
    "runs.list": () => {
      throw new Problem("data.format", `${name}: damaged.`);
    },
  });
  expect(await broken.run("runs")).toBe(1);
  expect(broken.said()).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
});

it.each([
  [["train", "--preset", "vanilla-mlp", "--data", ""], "--data is empty"],
  [["train", "--preset", "vanilla-mlp", "--name", " "], "--name <text>' argument ' ' is invalid"],
  [["set", "last", "--generator-rate", ""], "--generator-rate"],
  [["export", "last", "--format", "png", "--out", ""], "--out is empty"],
  [["data", "add", ""], "An argument is empty"],
  [["sample", ""], "An argument is empty"],
  [["runs", "--home", ""], "--home is empty"],
])(
  "refuses what a script left empty, which would be the current folder: %j",
  async (words, what) => {
    const shell = createFakeShell();
    expect(await shell.run(...words)).toBe(2);
    expect(shell.said()).toContain(what);
    expect(shell.homes).toEqual([]);
  },
);
