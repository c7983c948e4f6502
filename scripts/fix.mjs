/** `npm run fix`: what lint and format can put right by themselves. */
import { runTools } from "./check/run-tools.mjs";

const failures = await runTools([
  { name: "lint", script: "eslint/bin/eslint.js", parameters: ["--fix", "."] },
  {
    name: "format",
    script: "prettier/bin/prettier.cjs",
    parameters: ["--write", "--log-level", "warn", "."],
  },
]);
process.exitCode = failures === 0 ? 0 : 1;
