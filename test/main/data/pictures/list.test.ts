import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { listPictures } from "../../../../main/data/pictures/list.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const isWindows = process.platform === "win32";

function folderWith(...files: string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  return folder;
}

const filesOf = async (folder: string, filter = "") =>
  (await listPictures(folder, filter)).pictures.map(({ file }) => file);

describe("a folder's pictures", () => {
  it("are found below it at any depth, in the order of their paths", async () => {
    const folder = folderWith("b/2.JPG", "b/10.png", "a/x/y/1.webp", "c.bmp", "B.jpeg");
    expect(await filesOf(folder)).toEqual([
      "B.jpeg",
      "a/x/y/1.webp",
      "b/10.png",
      "b/2.JPG",
      "c.bmp",
    ]);
  });

  it("are chosen by a part of the file's name, not of the folder's", async () => {
    const folder = folderWith("cat/1.png", "dog/cat-2.png", "dog/3.png");
    expect(await filesOf(folder, "cat")).toEqual(["dog/cat-2.png"]);
  });

  it("are not what hides, nor what the archives of a Mac add, nor other files", async () => {
    const folder = folderWith(".hidden.png", ".git/a.png", "__MACOSX/a.png", "a.txt", "png");
    expect(await listPictures(folder, "")).toEqual({ pictures: [], unusable: [] });
  });

  it("of other formats are named as such", async () => {
    const { unusable } = await listPictures(folderWith("a/b.gif", "c.tiff"), "");
    expect(unusable.map(({ file }) => file)).toEqual(["a/b.gif", "c.tiff"]);
    expect(unusable[0]?.reason).toMatch(/only PNG, JPEG, WebP and BMP/);
  });

  it.skipIf(isWindows)("count once where links run in a circle or lead beside", async () => {
    const folder = folderWith("z/1.png");
    symlinkSync(folder, join(folder, "z", "up"));
    symlinkSync(join(folder, "z"), join(folder, "a"));
    symlinkSync("self.png", join(folder, "self.png"));
    const { pictures, unusable } = await listPictures(folder, "");
    expect(pictures.map(({ file }) => file)).toEqual(["z/1.png"]);
    expect(unusable).toEqual([
      { file: "self.png", reason: expect.stringMatching(/circle of links/) as string },
    ]);
  });

  it.skipIf(isWindows)("are reached through a link to a folder elsewhere", async () => {
    const folder = folderWith("1.png");
    symlinkSync(folderWith("2.png"), join(folder, "more"));
    expect(await filesOf(folder)).toEqual(["1.png", "more/2.png"]);
  });

  it.skipIf(isWindows)("are no sockets or pipes, and no dead links", async () => {
    const folder = folderWith("1.png");
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, "socket.png"), done));
    symlinkSync("nowhere.png", join(folder, "dead.png"));
    const { unusable } = await listPictures(folder, "");
    server.close();
    expect(unusable).toMatchObject([
      { file: "dead.png", reason: expect.stringMatching(/there is no such file/) as string },
      { file: "socket.png", reason: "it is a device or pipe, not a file" },
    ]);
  });

  it("are not looked for further once there are enough", async () => {
    const folder = folderWith("a/1.png", "b/2.png", "c/3.png");
    expect((await listPictures(folder, "", 1)).pictures).toHaveLength(1);
  });

  it("cannot be listed where there is no folder", async () => {
    await expect(listPictures("/nowhere/at/all", "")).rejects.toMatchObject({
      code: "data.missing",
      message: expect.stringContaining("/nowhere/at/all") as string,
    });
  });
});
