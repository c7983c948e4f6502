import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { bundlesIn, watchOpenFiles } from "../../../main/electron/open-files.ts";
import { createWishes } from "../../../main/electron/wishes.ts";

it("finds run files among the words, relative to where the program was started", () => {
  const words = ["--home", "/data", "a.ganrun", "/b/C.GANRUN", "--x.ganrun", "picture.png"];
  expect(bundlesIn(words, "/home/ada", "linux")).toEqual(["/home/ada/a.ganrun", "/b/C.GANRUN"]);
  expect(bundlesIn(["a.ganrun", "D:\\b.ganrun"], "C:\\Users\\Ada", "win32")).toEqual([
    "C:\\Users\\Ada\\a.ganrun",
    "D:\\b.ganrun",
  ]);
});

it("takes no addresses and nothing whose name only holds the ending", () => {
  const words = ["https://evil.example/a.ganrun", "file:///a.ganrun", "a.ganrun.exe", "ganrun", ""];
  expect(bundlesIn(words, "/", "linux")).toEqual([]);
});

function watched(words: string[]) {
  const app = new EventEmitter();
  const opened: string[] = [];
  const open = (path: string) => opened.push(path);
  watchOpenFiles({ app: app as never, words, folder: "/here", platform: "linux", open });
  return { app, opened };
}

it("opens what a first start, a second start and macOS name", () => {
  const { app, opened } = watched(["first.ganrun"]);
  app.emit("second-instance", {}, ["/opt/gan-studio/a.ganrun", "second.ganrun"], "/there");
  let prevented = 0;
  app.emit("open-file", { preventDefault: () => prevented++ }, "/third.ganrun");
  // A program's own name is no file to open, whatever it ends with.
  expect(opened).toEqual(["/here/first.ganrun", "/there/second.ganrun", "/third.ganrun"]);
  app.emit("open-file", { preventDefault: () => prevented++ }, "/notes.txt");
  expect([opened.length, prevented]).toEqual([3, 2]);
});

it("keeps wishes until the page fetches them, each once, and tells of those that wait already", () => {
  const wishes = createWishes();
  wishes.add({ kind: "import", path: "/a.ganrun" });
  let told = 0;
  wishes.onWaiting(() => told++);
  expect(told).toBe(1);
  wishes.add({ kind: "shortcuts" });
  expect(told).toBe(2);
  expect(wishes.take()).toEqual([{ kind: "import", path: "/a.ganrun" }, { kind: "shortcuts" }]);
  expect(wishes.take()).toEqual([]);
});

it("does not collect wishes without end where no page ever asks", () => {
  const wishes = createWishes();
  for (let id = 0; id < 1000; id++) wishes.add({ kind: "run", id: id.toString() });
  const waiting = wishes.take();
  expect(waiting).toHaveLength(20);
  expect(waiting.at(-1)).toEqual({ kind: "run", id: "999" });
});
