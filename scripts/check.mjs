/** `npm run check`: types, lint, boundaries, unused code, format. Runs them all and fails when one does. */
import { runTools } from "./check/run-tools.mjs";

const failures = await runTools([
  { name: "types", script: "typescript/bin/tsc", parameters: ["--noEmit", "-p", "tsconfig.json"] },
  {
    name: "types, page",
    script: "svelte-check/bin/svelte-check",
    parameters: ["--tsconfig", "renderer/tsconfig.json", "--fail-on-warnings"],
    needs: "renderer/tsconfig.json",
  },
  { name: "lint", script: "eslint/bin/eslint.js", parameters: ["--max-warnings", "0", "."] },
  {
    name: "boundaries",
    script: "dependency-cruiser/bin/dependency-cruiser.mjs",
    parameters: ["--config", ".dependency-cruiser.js", "main", "renderer"],
  },
  { name: "unused code", script: "knip/bin/knip.js", parameters: [] },
  {
    name: "format",
    script: "prettier/bin/prettier.cjs",
    parameters: ["--check", "--log-level", "warn", "."],
  },
]);
process.exitCode = failures === 0 ? 0 : 1;
