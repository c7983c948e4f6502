/**
 * The page over scripted data (test/renderer/preview), built once and served, for tests and pictures of
 * every screen: nothing is trained, and each address opens within a second. The page's policy holds as
 * it does in the product: what it forbids is an error in the browser's console.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { contentSecurityPolicy } from "../../main/contract/content-security-policy.ts";

export interface Preview {
  /** Without a fragment, which chooses the screen. */
  address: string;
  close(): Promise<void>;
}

const configFile = fileURLToPath(new URL("../renderer/preview/vite.config.ts", import.meta.url));

export async function servePreview(): Promise<Preview> {
  const folder = mkdtempSync(join(tmpdir(), "gan-studio-preview-"));
  const options = { configFile, logLevel: "error", build: { outDir: folder } } as const;
  await build({
    ...options,
    build: {
      ...{ outDir: folder, emptyOutDir: true, target: "es2023" },
      ...{ assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    },
  });
  const headers = { "content-security-policy": contentSecurityPolicy };
  const server = await preview({ ...options, preview: { host: "127.0.0.1", port: 0, headers } });
  const [address = ""] = server.resolvedUrls?.local ?? [];
  return {
    address,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const themes = ["light", "dark"] as const;

/** Each screen's name and fragment in the scripted studio. */
export const screens = [
  { name: "runs", fragment: "#/runs", heading: "Runs" },
  { name: "design", fragment: "#/new", heading: "New run" },
  { name: "train", fragment: "#/runs/live", heading: "Least squares, convolutional" },
  { name: "quality", fragment: "#/runs/finished?part=quality", heading: "Vanilla on MNIST" },
  { name: "train again", fragment: "#/runs/finished?part=again", heading: "Vanilla on MNIST" },
  { name: "log", fragment: "#/runs/failed?part=log", heading: "Ten times the learning rate" },
  { name: "settings of a design", fragment: "#/new?part=training", heading: "New run" },
  { name: "compare", fragment: "#/compare?runs=live,finished", heading: null },
  { name: "explore", fragment: "#/explore/finished", heading: null },
  { name: "explore, no run", fragment: "#/explore", heading: "Explore" },
  { name: "export", fragment: "#/export/finished", heading: null },
  { name: "data", fragment: "#/data", heading: "Data" },
  { name: "settings", fragment: "#/settings", heading: "Settings" },
  { name: "help", fragment: "#/help", heading: "Help" },
] as const;
