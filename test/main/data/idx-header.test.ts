import { describe, expect, it } from "vitest";
import { parseIdxHeader } from "../../../main/data/idx-header.ts";
import { idxFile } from "../../support/idx-file.ts";

const nothing = new Uint8Array(0);
const parse = (bytes: Uint8Array) => parseIdxHeader("mine.idx", bytes);

describe("an IDX header", () => {
  it("tells sizes and lengths", () => {
    expect(parse(idxFile([60_000, 28, 28], nothing))).toEqual({
      sizes: [60_000, 28, 28],
      dataBytes: 47_040_000,
      headerBytes: 16,
    });
    expect(parse(idxFile([7], nothing))).toMatchObject({ sizes: [7], headerBytes: 8 });
  });

  it("is waited for until its last byte is there", () => {
    const whole = idxFile([2, 3, 4, 1], nothing);
    for (let length = 0; length < whole.length; length++) {
      expect(parse(whole.subarray(0, length))).toBeNull();
    }
    expect(parse(whole)?.sizes).toEqual([2, 3, 4, 1]);
  });

  it.each([
    ["a PNG picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), /a PNG picture.*convert/],
    ["a JPEG picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /a JPEG picture/],
    ["a text", Buffer.from("hello"), /not an IDX file.*choose/],
    ["16-bit integers", idxFile([2, 2, 2], nothing, 0x0b), /16-bit integers.*unsigned bytes/],
    ["floats", idxFile([2, 2, 2], nothing, 0x0d), /32-bit floating-point.*unsigned bytes/],
    ["an unknown type", idxFile([2, 2, 2], nothing, 0x42), /unknown type 66/],
    ["no dimension", Buffer.from([0, 0, 8, 0]), /0 dimensions/],
    ["5 dimensions", idxFile([1, 1, 1, 1, 1], nothing), /5 dimensions/],
    ["255 dimensions", Buffer.from([0, 0, 8, 255]), /255 dimensions/],
    ["images without height", idxFile([5, 0, 28], nothing), /0×28, which is nothing/],
    ["2³² images", idxFile([0xffffffff, 28, 28], nothing), /4,294,967,295 × 28 × 28.*8 GiB/],
    ["sizes that overflow", idxFile([2 ** 31, 2 ** 31, 4], nothing), /most likely wrong/],
    ["one image more than 8 GiB", idxFile([8193, 1024, 1024], nothing), /8 GiB/],
  ])("of %s is refused", (_, bytes, message) => {
    expect(() => parse(bytes)).toThrow(message);
    expect(() => parse(bytes)).toThrow(/^mine\.idx: /);
    expect(() => parse(bytes)).toThrow(expect.objectContaining({ code: "data.format" }) as Error);
  });

  it("of no items is empty, and of 8 GiB is not too large", () => {
    expect(() => parse(idxFile([0, 28, 28], nothing))).toThrow(
      expect.objectContaining({ code: "data.empty" }) as Error,
    );
    expect(parse(idxFile([8192, 1024, 1024], nothing))?.dataBytes).toBe(8 * 1024 ** 3);
  });
});
