/** The real file system, noting every call, whose k-th call can be made to fail. */
import type { FileSystem, OpenFile } from "../../../../main/files/file-system.ts";
import { nodeFileSystem } from "../../../../main/files/file-system.ts";

export interface Fault {
  /** Which call fails, from 0; those after it too when `forever`. */
  at: number;
  code: string;
  forever: boolean;
}

/** `calls` fills up with names such as «rename», «write», «sync folder». */
export function faultyFileSystem(
  calls: string[],
  fault: Fault | null = null,
  platform: NodeJS.Platform = "linux",
): FileSystem {
  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const place = calls.push(name) - 1;
    const fails = fault && (place === fault.at || (fault.forever && place > fault.at));
    if (fails)
      throw Object.assign(new Error(`${fault.code}: on demand`), {
        code: fault.code,
        syscall: name,
      });
    return work();
  };
  const wrapped = (file: OpenFile, what: string): OpenFile => ({
    write: (...args) => step(`write ${what}`, () => file.write(...args)),
    sync: () => step(`sync ${what}`, () => file.sync()),
    close: async () => {
      // A close that fails has closed all the same.
      await file.close();
      await step(`close ${what}`, () => Promise.resolve());
    },
  });
  return {
    platform,
    open: (path, flags) => {
      const what = flags === "r" ? "folder" : "file";
      return step(`open ${what}`, async () =>
        wrapped(await nodeFileSystem.open(path, flags), what),
      );
    },
    rename: (from, to) => step("rename", () => nodeFileSystem.rename(from, to)),
    link: (existing, path) => step("link", () => nodeFileSystem.link(existing, path)),
    unlink: (path) => step("unlink", () => nodeFileSystem.unlink(path)),
    lstat: (path) => step("lstat", () => nodeFileSystem.lstat(path)),
  };
}
