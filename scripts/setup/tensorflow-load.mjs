/**
 * Loads TensorFlow's binding and runs one small operation; prints one line of JSON. Run in a process of its own, since
 * a library that does not fit can end the process instead of throwing. Argument: the folder of tfjs-node-gpu.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
/** @type {Record<string, unknown>} */
const util = require("node:util");
// tfjs-node 4.22 calls both, and Node 23 removed them; without them every operation throws.
util.isNullOrUndefined ??= (/** @type {unknown} */ value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

const tf = require(process.argv[2] ?? "");
const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync();
const right = tf.getBackend() === "tensorflow" && Array.from(product).every((value) => value === 3);
process.stdout.write(`${JSON.stringify({ right, version: tf.backend().binding.TF_Version })}\n`);
