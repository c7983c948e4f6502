/** The import table of docs/architecture.md as rules: what is not listed is an error. */

const may = {
  random: [],
  spec: [],
  files: ["spec"],
  contract: ["spec"],
  engine: ["spec", "random"],
  data: ["spec", "random", "files"],
  metrics: ["spec", "engine", "random"],
  store: ["spec", "files"],
  training: ["spec", "engine", "data", "metrics", "exporting", "files", "random"],
  exporting: ["spec", "engine", "files", "random"],
  api: ["contract", "spec", "store", "data", "training", "exporting", "metrics", "files"],
  electron: ["api", "contract", "spec", "files"],
  http: ["api", "contract", "spec"],
  cli: ["api", "contract", "spec", "files", "http"],
};

const rooms = Object.entries(may).map(([from, to]) => ({
  name: `main/${from} may import ${to.map((room) => `main/${room}`).join(", ") || "nothing of ours"}`,
  severity: "error",
  from: { path: `^main/${from}/` },
  to: { path: "^(main|renderer)/", pathNot: `^main/(${[from, ...to].join("|")})/` },
}));

const onlyIn = (name, path, places) => ({
  name: `${name} is imported only in ${places.join(", ")}`,
  severity: "error",
  from: { path: "^(main|renderer)/", pathNot: `^(${places.join("|")})/` },
  to: { path },
});

export default {
  forbidden: [
    ...rooms,
    {
      name: "renderer may import main/contract and main/spec",
      severity: "error",
      from: { path: "^renderer/" },
      to: { path: "^main/", pathNot: "^main/(contract|spec)/" },
    },
    {
      name: "renderer/shared knows no feature and no view",
      severity: "error",
      from: { path: "^renderer/shared/" },
      to: { path: "^renderer/(?!shared/)" },
    },
    {
      name: "a feature of the renderer knows itself and renderer/shared",
      severity: "error",
      from: { path: "^renderer/(?!shared/|views/)([^/]+)/" },
      to: { path: "^renderer/[^/]+/", pathNot: "^renderer/(shared|$1)/" },
    },
    {
      name: "no cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    onlyIn("electron", "node_modules/electron/", ["main/electron"]),
    onlyIn("@tensorflow", "node_modules/@tensorflow/", ["main/engine", "main/exporting"]),
    onlyIn("better-sqlite3", "node_modules/better-sqlite3/", ["main/store"]),
    onlyIn("svelte", "node_modules/svelte/", ["renderer"]),
    onlyIn("chart.js", "node_modules/chart.js/", ["renderer"]),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|test)/" },
    enhancedResolveOptions: { extensions: [".ts", ".svelte", ".js", ".mjs"] },
  },
};
