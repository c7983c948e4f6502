import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  callsCuda,
  hasNvidiaGraphics,
  lookForGpu,
} from "../../../../../main/api/system/gpu/look.ts";
import { temporaryFolder } from "../../../../support/temporary-folder.ts";

function bus(...devices: (readonly [vendor: string, kind: string])[]): string {
  const folder = temporaryFolder();
  for (const [i, [vendor, kind]] of devices.entries()) {
    const place = join(folder, `0000:0${i}:00.0`);
    mkdirSync(place);
    writeFileSync(join(place, "vendor"), `${vendor}\n`);
    writeFileSync(join(place, "class"), `${kind}\n`);
  }
  return folder;
}

it("finds a graphics processor on the bus, and does not take a broken entry for one", () => {
  expect(hasNvidiaGraphics(bus(["0x8086", "0x030000"], ["0x10de", "0x030000"]))).toBe(true);
  expect(hasNvidiaGraphics(bus(["0x10de", "0x040300"]))).toBe(false);
  const broken = bus();
  mkdirSync(join(broken, "0000:00:00.0"));
  expect(hasNvidiaGraphics(broken)).toBe(false);
  expect(hasNvidiaGraphics(join(broken, "nothing"))).toBeNull();
});

it("finds calls into CUDA wherever they lie, in the library or in the one beside it", async () => {
  const folder = temporaryFolder();
  const library = join(folder, "libtensorflow_cc.so.2");
  const framework = join(folder, "libtensorflow_framework.so.2");
  writeFileSync(library, Buffer.alloc(100));
  writeFileSync(framework, Buffer.alloc(100));
  expect(await callsCuda(library)).toBe(false);
  // Across the border of two pieces that are read one after the other.
  const border = 2 ** 22;
  const content = Buffer.alloc(border + 100);
  content.write("cudaGetDeviceCount", border - 7);
  writeFileSync(library, content);
  expect(await callsCuda(library)).toBe(true);
  expect(await callsCuda(join(folder, "nothing"))).toBeNull();
});

it("gives an answer on whatever machine this is", async () => {
  const engine = { name: "wasm", version: "WebAssembly, portable", device: "CPU" } as const;
  const environment = { CUDA_VISIBLE_DEVICES: "1" };
  const found = await lookForGpu({ platform: "linux", environment, engine, library: null });
  expect(found).toMatchObject({ engine, library: null, builtForGpu: null, visibleDevices: "1" });
});
