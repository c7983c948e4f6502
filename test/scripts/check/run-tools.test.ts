/** The tools of `npm run check`: all run, each is reported. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runTools } from "../../../scripts/check/run-tools.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { write } from "../support.ts";

describe("the tools", () => {
  it("all run, whatever fails, and only a failing one's output is shown", async () => {
    const root = temporaryFolder();
    write(join(root, "node_modules/good.cjs"), "console.log('all is well')");
    write(join(root, "node_modules/bad.cjs"), "console.log('line 3 is wrong'); process.exit(2)");
    let text = "";
    const failures = await runTools(
      [
        { name: "bad", script: "bad.cjs", parameters: [] },
        { name: "good", script: "good.cjs", parameters: [] },
        { name: "not needed", script: "bad.cjs", parameters: [], needs: "absent.json" },
        { name: "absent", script: "absent.cjs", parameters: [] },
      ],
      (line) => void (text += line),
      root,
    );
    expect(failures).toBe(2);
    expect(text).toMatch(/bad +FAILED[^]*line 3 is wrong[^]*good +ok/);
    expect(text).not.toMatch(/all is well|not needed/);
    expect(text).toMatch(/absent +FAILED/);
  });
});
