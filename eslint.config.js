/** Lint rules: TypeScript's strict set everywhere, Svelte's in the page, and the house's own few. */
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

const house = {
  eqeqeq: "error",
  "no-console": ["error", { allow: ["warn", "error"] }],
  "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/switch-exhaustiveness-check": "error",
  "@typescript-eslint/no-unused-vars": [
    "error",
    { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" },
  ],
  // `as number` says what an index that is known to exist gives; `!` would say only that it does.
  "@typescript-eslint/non-nullable-type-assertion-style": "off",
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
};

const databaseOnlyInStore = {
  group: ["node:sqlite"],
  message: "Two SQLite libraries in one process can corrupt a database; use main/store.",
};

export default ts.config(
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", ".dependency-cruiser.js"] },
        extraFileExtensions: [".svelte"],
      },
    },
    rules: { ...house, "no-restricted-imports": ["error", { patterns: [databaseOnlyInStore] }] },
  },
  {
    files: ["renderer/**/*.svelte", "renderer/**/*.svelte.ts", "test/renderer/**/*.svelte"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ["renderer/**"],
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "svelte/button-has-type": "error",
      "svelte/require-each-key": "error",
      "svelte/no-at-html-tags": "error",
      // Types imported inside a .svelte file are erased before the import table's check sees them.
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "/main/(?!spec/|contract/)",
              message: "The page may import main/spec and main/contract only; ask by a command.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["main/store/**", "main/data/**", "main/training/**", "main/exporting/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name=/^(writeFile|writeFileSync|appendFile)$/]",
          message: "Files of the data folder are written by main/files/durable-write.ts alone.",
        },
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    ...ts.configs.disableTypeChecked,
  },
  {
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-floating-promises": "error",
    },
  },
);
