/**
 * A ZIP archive opened by yauzl over a file of ours: yauzl's own asks the system twice for every
 * entry, and ends the process where a lying archive names a place that no file can have.
 */
import { open, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";

const windowBytes = 1 << 16;
const pieceBytes = 1 << 18;

/** Small reads come from a window of the file. yauzl takes descendants of its own class alone. */
class WindowedFile extends RandomAccessReader {
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  async #bytes(at: number, length: number): Promise<Buffer> {
    if (at < this.#start || at + length > this.#start + this.#window.length) {
      const room = Buffer.allocUnsafe(Math.max(length, windowBytes));
      const { bytesRead } = await this.#file.read(room, 0, room.length, at);
      this.#window = room.subarray(0, bytesRead);
      this.#start = at;
    }
    const from = at - this.#start;
    if (from + length > this.#window.length) throw new Error("the file ends before");
    return this.#window.subarray(from, from + length);
  }

  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += pieceBytes) {
      yield await this.#bytes(at, Math.min(pieceBytes, end - at));
    }
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(null);
      },
      (thrown: unknown) => {
        callback(thrown as Error);
      },
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false });
  }
}

/**
 * To be closed by the caller. Names are left as bytes: one odd name would otherwise end the reading
 * of all others. Throws errors of the system and of yauzl.
 */
export async function openArchive(
  path: string,
): Promise<{ zip: ZipFile; close: () => Promise<void> }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const options = { autoClose: false, decodeStrings: false };
    const zip = await fromRandomAccessReaderPromise(new WindowedFile(file), size, options);
    return { zip, close: () => file.close() };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}
