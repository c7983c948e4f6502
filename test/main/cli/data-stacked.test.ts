import { expect, it } from "vitest";
import { createFakeShell } from "./fake-shell.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const image = { height: 28, width: 28, channels: 3 as const };

function adding() {
  const folder = temporaryFolder();
  const shell = createFakeShell(
    {
      "datasets.add": ({ source }) => ({
        ...{ id: "stacked-1", name: "Stacked", image, length: 500, classCounts: [] },
        source: typeof source === "string" ? { kind: "idx", path: source } : source,
      }),
    },
    { folder },
  );
  return { folder, shell };
}

it("makes a data set of stacks of three", async () => {
  const { folder, shell } = adding();
  const words = ["data", "add", ".", "--stacked", "--images", "500", "--name", "Stacked"];
  expect(await shell.run(...words)).toBe(0);
  expect(shell.api.calls.at(-1)?.payload).toEqual({
    source: { kind: "stacked", path: folder, count: 500, seed: 1 },
    name: "Stacked",
  });
  expect(shell.printed()).toContain("500, 28×28×3");
  expect(shell.printed()).toMatch(/train --preset lsgan-dc --data stacked-1$/m);
});

it("makes 128,000 where no number is asked for, and refuses what is meant for pictures", async () => {
  const { shell } = adding();
  expect(await shell.run("data", "add", ".", "--stacked")).toBe(0);
  expect(shell.api.calls.at(-1)?.payload).toMatchObject({ source: { count: 128_000 } });
  expect(await shell.run("data", "add", ".", "--stacked", "--grey")).toBe(2);
  expect(shell.said()).toContain("not for stacks");
  expect(await shell.run("data", "add", ".", "--images", "500")).toBe(2);
  expect(shell.said()).toContain("--images is for --stacked");
});

it("says that images of a file are not brought to another size", async () => {
  const { shell } = adding();
  expect(await shell.run("data", "add", ".", "--size", "64")).toBe(0);
  expect(shell.said()).toContain("images of a file stay as they are");
});
