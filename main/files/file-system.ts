/**
 * The few file operations that durable writing needs, as an interface: tests let each of them fail
 * in turn, which no real disk does on demand.
 */
import { link, lstat, open, rename, unlink } from "node:fs/promises";

export interface OpenFile {
  /** May write less than it was given; says how much. */
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>;
  /** Returns when the disk has the content (fsync). */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileSystem {
  platform: NodeJS.Platform;
  open(path: string, flags: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  link(existing: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  lstat(path: string): Promise<{ isFile(): boolean; isSymbolicLink(): boolean }>;
}

export const nodeFileSystem: FileSystem = {
  platform: process.platform,
  open,
  rename,
  link,
  unlink,
  lstat,
};
