/** Archives that are damaged, or made to deceive. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOf, withFile } from "../../../support/bundle-file.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";
import { checkpoint, hostileImports, sheet } from "./hostile-import.ts";

const { made, api, expectRefused, home, parts } = hostileImports();

const withExtra = (...extra: ZippedFile[]) => zipFile([...filesOf(parts()), ...extra]);

describe("a name that no bundle has", () => {
  const names = [
    ...["../../evil.png", "samples/../../evil.png", "/etc/passwd", "C:\\evil.png", "C:evil.png"],
    ...["samples\\step-000000004.png", "samples/step-000000004.png\0.sh", "CON", "samples/NUL.png"],
    ...["samples/Step-000000004.png", "SAMPLES/step-000000004.png", "samples/step-000000004.png "],
    ...["samples/step-000000004.png.", "samples/", "checkpoints/step-4.safetensors", ""],
    ...["model.pkl", "model.h5", "saved_model.pb", "nested.zip", "run.json", "./manifest.json"],
    ...["samples/step-00000000４.png", "\u202egnp.exe"],
  ];
  it.each(names)("is refused: %j", async (name) => {
    const extra = { name, content: Buffer.from("x"), method: 0 };
    await expectRefused(withExtra(extra), "which no bundle has|no ZIP archive");
  });
});

describe("an archive that lies", () => {
  /** The archive with its directory changed at the record of a file. */
  function patched(name: string, patch: (bytes: Buffer, record: number) => void): Buffer {
    const bytes = zipFile(filesOf(parts()));
    patch(bytes, bytes.lastIndexOf(name) - 46);
    return bytes;
  }

  it("is refused for a link", async () => {
    const link = patched(sheet, (bytes, record) => {
      bytes.writeUInt16LE((3 << 8) | 20, record + 4);
      bytes.writeUInt32LE((0o120777 << 16) >>> 0, record + 38);
    });
    await expectRefused(link, "link or device");
  });

  it("is refused for an encrypted file and an unusual method", async () => {
    const encrypted = patched(sheet, (bytes, record) => bytes.writeUInt16LE(0x801, record + 8));
    await expectRefused(encrypted, /encrypted|no ZIP archive/);
    const unusual = patched(sheet, (bytes, record) => bytes.writeUInt16LE(14, record + 10));
    await expectRefused(unusual, "unusual method");
  });

  it("is refused for a name that it holds twice", async () => {
    const [again] = filesOf(parts()).filter(({ name }) => name === sheet);
    await expectRefused(withExtra(again!), "twice");
  });

  it("is refused for files that share their bytes", async () => {
    const files = filesOf(parts());
    const at = 30 + "manifest.json".length + files[0]!.content.length;
    const sharing = files.map((file) =>
      file.name === checkpoint ? { ...file, claimed: { at } } : file,
    );
    await expectRefused(zipFile(sharing), "overlap");
  });

  it("is refused for sizes that are not those of its manifest", async () => {
    const files = filesOf(parts()).map((file) =>
      file.name === sheet ? { ...file, content: Buffer.alloc(10) } : file,
    );
    await expectRefused(zipFile(files), "another size");
    const claimed = filesOf(parts()).map((file) =>
      file.name === sheet ? { ...file, claimed: { bytes: 5 } } : file,
    );
    await expectRefused(zipFile(claimed), "ZIP archive");
    await expectRefused(
      patched(checkpoint, (bytes, record) => {
        bytes.writeUInt32LE(0xfffffff0, record + 20);
        bytes.writeUInt32LE(0xfffffff0, record + 24);
      }),
      /cut off|overlap/,
    );
  });

  it("is refused before it is unpacked when it would grow beyond reason", async () => {
    const bomb = Buffer.alloc(50_000_000);
    const grown = withFile(parts(), checkpoint, bomb);
    const files = filesOf(grown).map((file) => ({ ...file, method: 8 }));
    await expectRefused(zipFile(files), "as no honest bundle does");
  });

  it("is refused for a number of files that it cannot have", async () => {
    const bytes = zipFile(filesOf(parts()));
    bytes.writeUInt16LE(65_534, bytes.length - 22 + 8);
    bytes.writeUInt16LE(65_534, bytes.length - 22 + 10);
    await expectRefused(bytes, /more files than it can|cut off or damaged/);
    const large = zipFile(filesOf(parts()), "", true);
    large.writeBigUInt64LE(2n ** 60n, large.lastIndexOf("PK\x06\x06") + 32);
    await expectRefused(large, /more files than it can|ZIP archive/);
  });

  it("is refused for a checksum that is not that of its bytes", async () => {
    const files = filesOf(parts()).map((file) =>
      file.name === checkpoint ? { ...file, claimed: { crc: 1 } } : file,
    );
    await expectRefused(zipFile(files), "damaged");
  });

  it("is refused for content that its manifest does not describe", async () => {
    const files = filesOf(parts()).map((file) => {
      if (file.name !== checkpoint) return file;
      const content = Buffer.from(file.content);
      content[content.length - 1]! ^= 1;
      return { ...file, content };
    });
    await expectRefused(zipFile(files), "not what its manifest says");
  });

  it("is refused for files that are missing or that nobody names", async () => {
    const fewer = filesOf(parts()).filter(({ name }) => name !== sheet);
    await expectRefused(zipFile(fewer), "is missing");
    const more = { name: "samples/step-000000009.png", content: Buffer.from("x"), method: 0 };
    await expectRefused(withExtra(more), "does not name");
  });

  it("is refused wherever it was cut off", async () => {
    const { bytes } = made;
    const places = Array.from({ length: 40 }, (_, i) => Math.floor((i * bytes.length) / 40));
    for (const place of [...places, bytes.length - 1, bytes.length - 23])
      await expectRefused(bytes.subarray(0, place), "ZIP archive|cut off");
  });

  it("is refused, or is the same run, with any bit of its directory turned", async () => {
    const { bytes, client, home } = made;
    const path = join(home, "turned.ganrun");
    const outcomes = { known: 0, refused: 0 };
    for (let place = bytes.indexOf("PK\x01\x02"); place < bytes.length; place += 3) {
      const turned = Buffer.from(bytes);
      turned[place]! ^= 1 << (place % 8);
      writeFileSync(path, turned);
      try {
        // Times and versions mean nothing here.
        expect(await client.runs.import({ path })).toMatchObject({ outcome: "known" });
        outcomes.known++;
      } catch (thrown) {
        expect(thrown, `byte ${place}`).toMatchObject({ code: "bundle.invalid" });
        outcomes.refused++;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(outcomes.known).toBeGreaterThan(10);
    expect(readdirSync(home)).not.toContain("arrivals");
    expect((await client.runs.list({})).total).toBe(1);
  });

  it("is refused when it is no archive at all, or not there", async () => {
    await expectRefused(Buffer.from("not a bundle"), "no ZIP archive");
    await expectRefused(Buffer.alloc(0), "no ZIP archive");
    await expectRefused(zipFile([]), "empty");
    await expect(api().invoke("runs.import", { path: join(home, "x") })).rejects.toMatchObject({
      code: "data.missing",
    });
    await expect(api().invoke("runs.import", { path: home })).rejects.toMatchObject({
      code: "data.missing",
    });
  });
});
