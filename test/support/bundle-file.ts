/** Bundles taken apart and put together again, so that each part can lie. */
import { createHash } from "node:crypto";
import type { Manifest } from "../../main/api/bundles/manifest.ts";
import type { ZippedFile } from "./zip-file.ts";

export type Parts = Map<string, Buffer>;

/** The files of a bundle that the product wrote: stored, one after the other. */
export function partsOf(bundle: Buffer): Parts {
  const parts: Parts = new Map();
  let at = 0;
  while (bundle.readUInt32LE(at) === 0x04034b50) {
    const [bytes, name, extra] = [
      bundle.readUInt32LE(at + 18),
      bundle.readUInt16LE(at + 26),
      bundle.readUInt16LE(at + 28),
    ];
    const start = at + 30 + name + extra;
    const content = bundle.subarray(start, start + bytes);
    parts.set(bundle.toString("utf8", at + 30, at + 30 + name), content);
    at = start + bytes;
  }
  return parts;
}

export const filesOf = (parts: Parts): ZippedFile[] =>
  [...parts].map(([name, content]) => ({ name, content, method: 0 }));

export const manifestOf = (parts: Parts): Manifest =>
  JSON.parse((parts.get("manifest.json") as Buffer).toString("utf8")) as Manifest;

/** With another manifest, which `change` makes of the old one. */
export function withManifest(parts: Parts, change: (manifest: Manifest) => unknown): Parts {
  const manifest = manifestOf(parts);
  const changed = change(manifest) ?? manifest;
  return new Map(parts).set("manifest.json", Buffer.from(JSON.stringify(changed)));
}

/** With another content of one file, of which the manifest tells the truth. */
export function withFile(parts: Parts, file: string, content: Uint8Array): Parts {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const changed = withManifest(parts, ({ measurements, samples, checkpoints }) => {
    const told = [measurements, ...samples, ...checkpoints].find((one) => one.file === file);
    Object.assign(told ?? {}, { bytes: content.length, sha256 });
  });
  return changed.set(file, Buffer.from(content));
}
