/**
 * Builds the page. It is served under a policy that allows no inline script and no inline style, and
 * from `app://` as well as over HTTP: hence relative addresses and no assets inlined.
 */
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { licenceNotices } from "./scripts/package/notices-plugin.mjs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("renderer"),
  base: "./",
  plugins: [svelte(), licenceNotices(here("."))],
  build: {
    outDir: here("dist/renderer"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
  },
});
