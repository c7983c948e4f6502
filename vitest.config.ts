/** Three suites: Node code, the page's code in a simulated browser, and whole-program tests. */
import { availableParallelism } from "node:os";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

/** Milliseconds; the usual second is no more than one slow screen on a busy machine. */
const patience = 15_000;

export default defineConfig({
  test: {
    // By default one core is left for Vitest itself, which on a machine with two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "main",
          include: ["test/{main,scripts,crash,fuzz}/**/*.test.ts"],
          // Native add-ons may not be loaded by several threads of one process.
          pool: "forks",
          testTimeout: 60_000,
          expect: { poll: { timeout: patience } },
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: {
          name: "renderer",
          include: ["test/renderer/**/*.test.ts"],
          environment: "jsdom",
          setupFiles: ["test/renderer/set-up.ts"],
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          pool: "forks",
          // One at a time: several Chromiums and trainings on two cores outlast every patience.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: patience } },
        },
      },
    ],
  },
});
