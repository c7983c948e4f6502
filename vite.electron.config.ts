/** Builds the desktop app's main process and its session entry: two ES modules for Electron's Node. */
import { defineConfig } from "vite";

export default defineConfig({
  // What `resources` and public folders hold is packaged as it is.
  publicDir: false,
  build: {
    ssr: true,
    target: "node24",
    outDir: "dist/electron",
    // The preload file, built on its own, lies in the same folder.
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: {
        main: "main/electron/main.ts",
        session: "main/training/worker.ts",
      },
      output: {
        format: "es",
        entryFileNames: "[name].js",
        chunkFileNames: "shared/[name]-[hash].js",
      },
      external: [/^electron$/, /^node:/],
    },
  },
});
