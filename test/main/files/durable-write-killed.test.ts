import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { removeStaleTemporaryFiles } from "../../../main/files/durable-write.ts";
import { nextLine, startChild } from "./support/children.ts";
import { seeded } from "./support/random.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("never leaves a part of a file, whenever its process is killed", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "target");
  const random = seeded(1);
  let interrupted = 0;
  for (let kill = 0; kill < 10; kill++) {
    const child = startChild(new URL("support/write-forever.ts", import.meta.url), path);
    await nextLine(child);
    await delay(random(40));
    await child.kill();
    expect(existsSync(path)).toBe(true);
    const content = readFileSync(path);
    expect(content.length).toBe(4 * 1024 * 1024);
    expect(content.equals(Buffer.alloc(content.length, content[0]))).toBe(true);
    interrupted += (await removeStaleTemporaryFiles(folder)).length;
    expect(readdirSync(folder)).toEqual(["target"]);
  }
  // Otherwise no kill came in the middle of a write, and the test saw nothing.
  expect(interrupted).toBeGreaterThan(0);
});
