import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeSafetensors } from "../../../main/files/safetensors.ts";
import { shareFiles } from "../../../main/files/share-files.ts";
import { weightsHash } from "../../../main/files/weights-hash.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("a shared file takes no room twice and outlives the other name", async () => {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, "a"), join(folder, "b")];
  writeFileSync(from, "content");
  writeFileSync(to, "what a crash left");
  await shareFiles([{ from, to }]);
  expect(statSync(to).ino).toBe(statSync(from).ino);
  rmSync(from);
  expect(readFileSync(to, "utf8")).toBe("content");
});

it("a file that is missing is told, and nothing is made in its place", async () => {
  const folder = temporaryFolder();
  const to = join(folder, "b");
  await expect(shareFiles([{ from: join(folder, "a"), to }])).rejects.toMatchObject({
    code: "file.unwritable",
  });
  expect(existsSync(to)).toBe(false);
});

it("the weights' checksum passes over the header and sees every value", async () => {
  const path = join(temporaryFolder(), "weights.safetensors");
  const write = (value: number, epochs: string) => {
    const tensors = { a: { shape: [3], values: Float32Array.of(1, 2, value) } };
    writeFileSync(path, Buffer.concat(encodeSafetensors(tensors, { epochs })));
    return weightsHash(path);
  };
  const first = await write(3, "2");
  const longer = await write(3, "2000000");
  expect(longer?.weights).toBe(first?.weights);
  expect(longer?.file).not.toBe(first?.file);
  expect((await write(-3, "2"))?.weights).not.toBe(first?.weights);
});

it("what is no whole safetensors file has no checksum of weights", async () => {
  const path = join(temporaryFolder(), "weights.safetensors");
  expect(await weightsHash(path)).toBeNull();
  for (const text of ["", "short", "x".repeat(30)]) {
    writeFileSync(path, text);
    expect(await weightsHash(path)).toBeNull();
  }
});
