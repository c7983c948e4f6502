import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listRuns } from "../../../main/store/run-list.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { openHome } from "../../../main/store/home.ts";
import { nextLine, startChild, type Child } from "../files/support/children.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { newRun } from "./support/values.ts";
import { openExample } from "./support/example.ts";

const hold = (folder: string): Child =>
  startChild(new URL("support/hold-home.ts", import.meta.url), folder);

it("gives a folder to exactly one of several programs that start at once", async () => {
  const folder = join(temporaryFolder(), "home");
  const children = [hold(folder), hold(folder), hold(folder)];
  const answers = await Promise.all(children.map(nextLine));
  expect(answers.sort()).toEqual(["home.locked", "home.locked", `open ${folder}`]);
});

it("is not fooled by a link to the folder, and is free at once when its owner was killed", async () => {
  const folder = join(temporaryFolder(), "home");
  const link = join(temporaryFolder(), "link");
  const owner = hold(folder);
  expect(await nextLine(owner)).toBe(`open ${folder}`);
  symlinkSync(folder, link);
  expect(await nextLine(hold(link))).toBe("home.locked");
  expect(() => openHome(link)).toThrow(/is in use by another GAN Studio/);
  await owner.kill();
  insertRun(openExample(link), newRun());
});

it("refuses a second opening in the same process, which does not end the first one's lock", async () => {
  const home = openExample();
  insertRun(home, newRun());
  expect(() => openHome(home.folder)).toThrow(/choose another folder with --home/);
  expect(() => openHome(home.folder)).toThrow(/choose another folder with --home/);
  expect(await nextLine(hold(home.folder))).toBe("home.locked");
  expect(listRuns(home).runs).toHaveLength(1);
});
