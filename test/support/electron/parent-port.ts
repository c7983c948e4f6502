/** Loaded before a session's entry: gives it the `process.parentPort` of a utility process. */
import { EventEmitter } from "node:events";

const port = Object.assign(new EventEmitter(), {
  postMessage: (message: object) => process.send?.(message),
});
const early: unknown[] = [];
process.on("message", (message) => {
  if (port.listenerCount("message") === 0) early.push(message);
  else port.emit("message", { data: message, ports: [] });
});
port.on("newListener", () => {
  setImmediate(() => {
    for (const data of early.splice(0)) port.emit("message", { data, ports: [] });
  });
});
// A utility process ends with the app.
process.on("disconnect", () => process.exit(0));
Object.defineProperty(process, "parentPort", { value: port });
