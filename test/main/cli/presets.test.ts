import { expect, it } from "vitest";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";
import { createFakeShell } from "./fake-shell.ts";

it("lists the presets without opening a data folder", async () => {
  const shell = createFakeShell();
  expect(await shell.run("presets")).toBe(0);
  const lines = shell.printed().trimEnd().split("\n");
  expect(lines).toHaveLength(presets.length + 1);
  expect(lines.filter((line) => line.includes("needs --data"))).toHaveLength(3);
  expect(shell.homes).toEqual([]);
  const { document } = await createFakeShell().json("presets");
  expect(document).toMatchObject({
    presets: presets.map(({ id, specification: { image } }) => ({ id, image })),
  });
});

it("prints one as a specification that can be read again", async () => {
  const { specification } = presetOf("wgan-gp");
  const shell = createFakeShell();
  expect(await shell.run("presets", "wgan-gp")).toBe(0);
  expect(parseSpecification(JSON.parse(shell.printed()))).toEqual(specification);
  const { document } = await createFakeShell().json("presets", "wgan-gp");
  expect(document).toMatchObject({ id: "wgan-gp", needsData: false, specification });
});

it("says which one was most likely meant", async () => {
  const shell = createFakeShell();
  expect(await shell.run("presets", "lsgandc")).toBe(2);
  expect(shell.said()).toContain("There is no preset «lsgandc». Did you mean «lsgan-dc»?");
});
