import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileBytesAtMost } from "../../../../main/data/pictures/decode.ts";
import { usualSize } from "../../../../main/data/pictures/usual-size.ts";
import { plainPng } from "../../../support/pictures.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

it("pictures that would fill the memory are not read to judge their size", async () => {
  const path = join(temporaryFolder(), "1.png");
  writeFileSync(path, plainPng({ side: 28, channels: 1 }));
  const picture = { file: "1.png", stamp: "", path };
  expect(await usualSize([{ ...picture, bytes: 100 }])).toMatchObject({ height: 28, channels: 1 });
  const large = { ...picture, bytes: fileBytesAtMost + 1 };
  expect(await usualSize([large])).toMatchObject({ height: 64, channels: 3 });
});
