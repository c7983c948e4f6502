/** `node --import register.ts main.js`: the name `electron` leads to the stand-in, in `import` and `require`. */
import { registerHooks } from "node:module";

const url = new URL("electron.ts", import.meta.url).href;

registerHooks({
  resolve: (name, context, next) =>
    name === "electron" ? { url, shortCircuit: true } : next(name, context),
});
