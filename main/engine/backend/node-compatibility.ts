/**
 * tfjs-node 4.22 calls `util.isNullOrUndefined` and `util.isArray`, which Node 23 removed. They must
 * be back before it is loaded, on the very object that its `require("util")` returns.
 */
import { createRequire } from "node:module";

const util = createRequire(import.meta.url)("node:util") as Record<string, unknown>;

util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
util.isArray ??= Array.isArray;
