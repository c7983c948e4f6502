import { join } from "node:path";
import { expect, it } from "vitest";
import { currentFolder, programName } from "../../../main/cli/started-by-npm.ts";

const root = "/home/mia/gan-studio/";
const script = { npm_lifecycle_event: "gan-studio", npm_package_name: "gan-studio" };

it("takes relative paths from where npm was called, not from the clone", () => {
  for (const npm_lifecycle_event of ["gan-studio", "demo"]) {
    const environment = { ...script, npm_lifecycle_event, INIT_CWD: "/home/mia/pictures" };
    expect(currentFolder(environment, root)).toBe("/home/mia/pictures");
  }
});

it.each([
  ["no npm", {}],
  ["no npm, with a variable that was left over", { INIT_CWD: "/elsewhere" }],
  ["an npm that tells nothing", script],
  ["an npm that tells no folder", { ...script, INIT_CWD: "clone" }],
  ["the tests", { ...script, npm_lifecycle_event: "test", INIT_CWD: "/elsewhere" }],
  [
    "a script of another package",
    { npm_lifecycle_event: "demo", npm_package_name: "mine", INIT_CWD: "/elsewhere" },
  ],
])("takes them from the process's own folder: started by %s", (_, environment) => {
  expect(currentFolder(environment, "/work")).toBe("/work");
});

it("is called as it can be typed again where the user stands", () => {
  const from = (INIT_CWD?: string) => programName({ ...script, INIT_CWD }, root);
  expect(programName({}, root)).toBe("gan-studio");
  expect(from()).toBe("npm run gan-studio --");
  expect(from(root)).toBe("npm run gan-studio --");
  expect(from(join(root, "docs"))).toBe("npm run gan-studio --");
  expect(from(join(root, "..data"))).toBe("npm run gan-studio --");
  expect(from("/home/mia")).toBe("npm --prefix /home/mia/gan-studio run gan-studio --");
  expect(programName({ ...script, INIT_CWD: "/" }, "/home/my clone/")).toBe(
    'npm --prefix "/home/my clone" run gan-studio --',
  );
});
