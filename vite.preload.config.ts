/** Builds the preload file: one CommonJS file with all it needs, for a sandboxed page loads no other. */
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "node24",
    outDir: "dist/electron",
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: { preload: "main/electron/preload.ts" },
      output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
      external: [/^electron$/],
    },
  },
});
