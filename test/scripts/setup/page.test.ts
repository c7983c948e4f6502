/** When the page is built again. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pageIsBuilt, pageKey } from "../../../scripts/setup/page.mjs";
import { writeStamp } from "../../../scripts/setup/stamp.mjs";
import { emptyProject, write } from "../support.ts";

function builtPage() {
  const { context } = emptyProject();
  const { root, stamps } = context.places;
  for (const file of ["vite.config.ts", "renderer/main.ts", "main/spec/a.ts", "main/store/b.ts"]) {
    write(join(root, file));
  }
  write(join(root, "dist/renderer/index.html"));
  writeStamp(join(stamps, "page.json"), { key: pageKey(root), page: "dist/renderer/index.html" });
  return context;
}

describe("the page", () => {
  it("needs no build where there is no renderer", () => {
    expect(pageIsBuilt(emptyProject().context)).toBe(true);
  });

  it("is kept while its inputs are unchanged, also when other code changes", () => {
    const context = builtPage();
    write(join(context.places.root, "main/store/b.ts"), "changed");
    expect(pageIsBuilt(context)).toBe(true);
  });

  it.each([
    "renderer/main.ts",
    "renderer/new.ts",
    "main/spec/a.ts",
    "vite.config.ts",
    "package-lock.json",
  ])("is built again when %s changes", (file) => {
    const context = builtPage();
    write(join(context.places.root, file), "changed");
    expect(pageIsBuilt(context)).toBe(false);
  });

  it("is built again when it was deleted", () => {
    const context = builtPage();
    rmSync(join(context.places.root, "dist"), { recursive: true });
    expect(pageIsBuilt(context)).toBe(false);
  });
});
