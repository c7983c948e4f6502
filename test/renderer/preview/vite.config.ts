/** Serves the page over scripted data: `npx vite --config test/renderer/preview/vite.config.ts`. */
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Apart from the tests' cache, which would pull the modules away under a running preview.
  cacheDir: fileURLToPath(new URL("../../../node_modules/.vite-preview", import.meta.url)),
  plugins: [svelte()],
  server: { port: 5199, strictPort: true, fs: { allow: ["../../.."] } },
});
