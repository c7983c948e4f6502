/**
 * The entry of a session's process, under Node (`child_process.fork`) and Electron
 * (`utilityProcess.fork`) alike. It ends by itself when its owner is gone: a trainer that outlived
 * a crashed app would write into a run that the next app resumes.
 */
import { createSession } from "./session.ts";
import type { FromSession, ToSession } from "./messages.ts";

interface ParentPort {
  on(event: "message", listener: (event: { data: ToSession }) => void): void;
  postMessage(message: FromSession): void;
}

const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

/** Milliseconds between two looks at whether the owner still lives. */
const watchInterval = 1000;

const leave = () => process.exit(0);

function underElectron(port: ParentPort): void {
  const receive = createSession((message) => {
    port.postMessage(message);
  }, leave);
  port.on("message", (event) => {
    receive(event.data);
  });
}

function underNode(): void {
  const receive = createSession((message) => {
    if (process.connected) process.send?.(message);
  }, leave);
  process.on("message", (message) => {
    receive(message as ToSession);
  });
  process.on("disconnect", leave);
  // A closed terminal or a stopped service signals the whole group; the owner then asks us to save.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => undefined);
}

/** For owners that die without closing the channel: on POSIX an orphan gets another parent. */
function endWithOwner(): void {
  const owner = process.ppid;
  setInterval(() => {
    if (process.ppid !== owner) process.exit(0);
  }, watchInterval).unref();
}

endWithOwner();
if (parentPort) underElectron(parentPort);
else underNode();
