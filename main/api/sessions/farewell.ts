/**
 * The end of a session that has said its last word: its owner says goodbye, so that nothing it sent
 * is lost on the way, and ends it when it does not go.
 */
import type { SessionProcess } from "./host.ts";

/** Milliseconds that a session gets for going by itself. */
const patience = 5000;

export function sayGoodbye(process: SessionProcess): void {
  process.send({ type: "goodbye" });
  setTimeout(() => {
    process.kill();
  }, patience).unref();
}
