import { describe, expect, it } from "vitest";
import { catalogue } from "../../../../main/data/download/catalogue.ts";
import { downloadIds, downloads } from "../../../../main/spec/downloads.ts";

describe.each(downloadIds)("the public data set %s", (id) => {
  const { mirrors, files } = catalogue[id];

  it("has a file of labels of the same length for each file of images", () => {
    const lengths = (rank: number) =>
      files.filter(({ sizes }) => sizes.length === rank).map(({ sizes }) => sizes[0]);
    expect(lengths(3)).toEqual(lengths(1));
    expect(lengths(3)[0]).toBe(downloads[id].images);
  });

  it("has mirrors that file names can be put behind", () => {
    expect(mirrors.length).toBeGreaterThan(0);
    for (const mirror of mirrors) {
      expect(new URL("a.gz", mirror).href).toBe(`${mirror}a.gz`);
    }
  });

  it("has names that need no escaping, and checksums that are some", () => {
    for (const { name, checksum } of files) {
      expect(name).toMatch(/^[a-z0-9-]+\.gz$/);
      if (checksum) expect(checksum.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    const sums = files.flatMap(({ checksum }) => checksum?.sha256 ?? []);
    expect(new Set(sums).size).toBe(sums.length);
  });
});
