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

function underElectron(port: ParentPort): void {
  const receive = createSession(
    (message) => {
      port.postMessage(message);
    },
    // Electron delivers what was posted before the process ends.
    () => process.exit(0),
  );
  port.on("message", (event) => {
    receive(event.data);
  });
  endWithOwner();
}

function underNode(): void {
  let unsent = 0;
  let over = false;
  const endWhenSent = () => {
    if (over && unsent === 0 && process.connected) process.disconnect();
  };
  const receive = createSession(
    (message) => {
      if (!process.connected) return;
      unsent++;
      process.send?.(message, undefined, undefined, () => {
        unsent--;
        endWhenSent();
      });
    },
    () => {
      over = true;
      endWhenSent();
    },
  );
  process.on("message", (message) => {
    receive(message as ToSession);
  });
  process.on("disconnect", () => process.exit(0));
  endWithOwner();
}

/** For owners that die without closing the channel: on POSIX an orphan gets another parent. */
function endWithOwner(): void {
  const owner = process.ppid;
  setInterval(() => {
    if (process.ppid !== owner) process.exit(0);
  }, watchInterval).unref();
}

// Ctrl-C reaches the whole process group; the owner decides what becomes of the session.
process.on("SIGINT", () => undefined);

if (parentPort) underElectron(parentPort);
else underNode();
