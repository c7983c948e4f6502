import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTestImages } from "../../../main/data/held-out.ts";
import { idxFile } from "../../support/idx-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const images = (count: number) => idxFile([count, 2, 2], new Uint8Array(count * 4).fill(count));

function folderWith(files: Record<string, Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe("the test images of a data set", () => {
  it("lie beside those for training, with their labels", async () => {
    const folder = folderWith({
      "train-images-idx3-ubyte": images(5),
      "t10k-images-idx3-ubyte": images(3),
      "t10k-labels-idx1-ubyte": idxFile([3], Uint8Array.of(1, 0, 2)),
    });
    const found = await openTestImages({ kind: "idx", path: folder });
    expect(found).toMatchObject({ length: 3, classes: 3 });
    const named = { kind: "idx", path: join(folder, "train-images-idx3-ubyte") } as const;
    expect((await openTestImages(named))?.length).toBe(3);
  });

  it("are found by the names of EMNIST too", async () => {
    const folder = folderWith({
      "emnist-digits-train-images-idx3-ubyte": images(4),
      "emnist-digits-test-images-idx3-ubyte": images(2),
    });
    expect((await openTestImages({ kind: "idx", path: folder }))?.length).toBe(2);
  });

  it("are none where there are none, where they are damaged, and of other sources", async () => {
    const alone = folderWith({ "train-images-idx3-ubyte": images(4) });
    expect(await openTestImages({ kind: "idx", path: alone })).toBeNull();
    const torn = folderWith({
      "train-images-idx3-ubyte": images(4),
      "t10k-images-idx3-ubyte": images(4).subarray(0, 20),
    });
    expect(await openTestImages({ kind: "idx", path: torn })).toBeNull();
    expect(await openTestImages({ kind: "digits", count: 5, seed: 1 })).toBeNull();
  });
});
