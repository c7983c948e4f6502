import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { collectNotices, noticesText } from "../../../scripts/package/notices.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** A project whose page is built with svelte, chart.js and lucide, as ours is. */
function project(dependencies: string[]): { folder: string; add: typeof add } {
  const folder = temporaryFolder();
  const write = (path: string, content: unknown) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(folder, path), text);
  };
  const versions = Object.fromEntries(dependencies.map((name) => [name, "1"]));
  write("package.json", { name: "own", version: "1.0.0", dependencies: versions });
  write("resources/licences/MIT.txt", "Permission is hereby granted");
  write("resources/licences/Apache-2.0.txt", "TERMS AND CONDITIONS");
  function add(path: string, description: object, files: Record<string, string> = {}) {
    const name = path.split("node_modules/").at(-1) ?? "";
    const place = join("node_modules", path);
    write(join(place, "package.json"), { name, version: "1.0.0", ...description });
    for (const [file, text] of Object.entries(files)) write(join(place, file), text);
  }
  for (const name of ["svelte", "@lucide/svelte", "chart.js"])
    add(name, { license: "MIT" }, { LICENSE: "the page's" });
  return { folder, add };
}

const noticeOf = (folder: string, name: string) =>
  collectNotices(folder).filter((notice) => notice.name === name);

it("gives the texts that a package brings, of all files that hold one", () => {
  const { folder, add } = project(["a"]);
  add("a", { license: "Apache-2.0" }, { "LICENSE.md": "its licence", NOTICE: "its notice" });
  expect(noticeOf(folder, "a")).toEqual([
    { name: "a", version: "1.0.0", licence: "Apache-2.0", text: "its licence\n\nits notice" },
  ]);
});

it("follows what packages need, two versions of one among it, and leaves out other systems' parts", () => {
  const { folder, add } = project(["a", "b"]);
  const licence = { LICENSE: "text" };
  add("a", { license: "MIT", dependencies: { b: "2" } }, licence);
  add("a/node_modules/b", { license: "ISC", version: "2.0.0" }, licence);
  add("b", { license: "MIT", optionalDependencies: { "other-system": "1" } }, licence);
  expect(noticeOf(folder, "b").map(({ version }) => version)).toEqual(["1.0.0", "2.0.0"]);
  expect(noticeOf(folder, "other-system")).toEqual([]);
});

it("takes the readme's section and the known text where a package brings none", () => {
  const { folder, add } = project(["a", "b"]);
  const readme = "# a\n\n## License\n\nCopyright (c) 2013 Ada\n\n## More\n\nnot this";
  add("a", { license: "MIT", author: "Ada" }, { "README.md": readme });
  add("b", { license: "(MIT AND Apache-2.0)", author: { name: "Bo" } });
  expect(noticeOf(folder, "a")[0]?.text).toBe(
    "Copyright (c) 2013 Ada\n\nPermission is hereby granted",
  );
  expect(noticeOf(folder, "b")[0]?.text).toBe(
    "Copyright (c) Bo\n\nPermission is hereby granted\n\nTERMS AND CONDITIONS",
  );
});

it.each([
  ["is not installed", () => undefined, /a, which .* needs, is not installed/],
  [
    "states no licence",
    (add: AddPackage) => {
      add("a", {});
    },
    /a 1.0.0 does not say/,
  ],
  [
    "has a licence without a known text",
    (add: AddPackage) => {
      add("a", { license: "WTFPL" });
    },
    /WTFPL/,
  ],
])("refuses to go on when a package %s", (_case, arrange, message) => {
  const { folder, add } = project(["a"]);
  arrange(add);
  expect(() => collectNotices(folder)).toThrow(message);
});
type AddPackage = ReturnType<typeof project>["add"];

it("finds a licence and a text for everything that GAN Studio contains", () => {
  const notices = collectNotices(root);
  const named = new Map(notices.map((notice) => [notice.name, notice]));
  for (const name of ["fastify", "better-sqlite3", "onnxruntime-web", "svelte", "chart.js"])
    expect(named.has(name), name).toBe(true);
  expect(named.get("TensorFlow (C library)")?.text).toContain("Apache License");
  expect(named.has("vitest")).toBe(false);
  for (const { name, text } of notices) expect(text.length, name).toBeGreaterThan(200);
  const text = noticesText(notices);
  for (const { name, version } of notices)
    expect(text).toContain(`\n${`${name} ${version}`.trim()} (`);
});
