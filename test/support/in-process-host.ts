/**
 * Sessions in the test's own process: the real work without the seconds that a process and its engine
 * take to start. What depends on processes (death, signals, memory) is not seen here.
 */
import type { SessionExit, SessionHost } from "../../main/api/sessions/host.ts";
import type { FromSession } from "../../main/training/messages.ts";
import { createSession } from "../../main/training/session.ts";

export const inProcessHost: SessionHost = {
  start() {
    let listen: (message: FromSession) => void = () => undefined;
    let ended: (exit: SessionExit) => void = () => undefined;
    let isGone = false;
    const leave = (exit: Partial<SessionExit> = {}) => {
      if (isGone) return;
      isGone = true;
      // Whoever ends a session expects to hear of it later, as of a process.
      setImmediate(() => {
        ended({ code: 0, signal: null, lastWords: "", ...exit });
      });
    };
    const receive = createSession(
      (message) => {
        const told = structuredClone(message);
        setImmediate(() => {
          if (!isGone) listen(told);
        });
      },
      () => {
        leave();
      },
    );
    return {
      send: (message) => {
        const told = structuredClone(message);
        setImmediate(() => {
          if (!isGone) receive(told);
        });
      },
      onMessage: (listener) => {
        listen = listener;
      },
      onExit: (listener) => {
        ended = listener;
      },
      kill: () => {
        if (isGone) return;
        receive({ type: "stop" });
        leave({ code: null, signal: "SIGKILL" });
      },
    };
  },
};
