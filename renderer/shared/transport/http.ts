/**
 * Browser mode's transport: commands by POST, events by one WebSocket that is opened again with
 * growing pauses when it breaks. A browser hides why a WebSocket failed, so each failure is followed
 * by a command: its status tells a server that is gone from one that does not let this page in.
 */
import { decode, encode } from "../../../main/contract/wire.ts";
import { Problem, type ProblemReport } from "../../../main/spec/problem.ts";
import { createListeners } from "./listeners.ts";
import { outlasting } from "./outlasting.ts";
import { watched, type ConnectionState, type PageTransport } from "./page-transport.ts";

const retryDelays = [500, 1000, 2000, 4000, 8000];
/** Milliseconds after which the first command no longer waits for a socket that nobody opens. */
const patience = 2000;

export interface HttpTransport extends PageTransport {
  /** Closes the socket and stops trying. */
  close(): void;
}

/** `delays`: milliseconds before each try to connect again; the last one repeats. */
export function createHttpTransport(base: URL, delays: number[] = retryDelays): HttpTransport {
  const listeners = createListeners();
  const connection = watched<ConnectionState>("connecting");
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;
  const { promise: heard, resolve } = Promise.withResolvers<undefined>();
  const settle = () => {
    resolve(undefined);
  };
  setTimeout(settle, patience);

  async function ask(command: string, payload: unknown): Promise<unknown> {
    // What is announced between an answer and the opening of the socket would never be heard of.
    await heard;
    const { status, text } = await post(base, encode({ command, payload }));
    if (status === 401) refuse();
    const answer = answerIn(status, text);
    if (answer.error) throw new Problem(answer.error.code, answer.error.message);
    return answer.result;
  }

  function refuse(): void {
    connection.set("refused");
    socket?.close();
  }

  function connect(): void {
    const address = new URL("/api/events", base);
    address.protocol = base.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      settle();
      failures = 0;
      connection.set("connected");
    });
    socket.addEventListener("message", ({ data }) => {
      const message = eventIn(String(data));
      if (message) listeners.announce(message.event, message.detail);
    });
    socket.addEventListener("close", () => {
      settle();
      void reconnect();
    });
  }

  // Asked again after each wait: both can change meanwhile.
  const ended = () => closed || connection.get() === "refused";

  async function reconnect(): Promise<void> {
    if (ended()) return;
    connection.set("lost");
    // Its failure is the normal case here; only a refusal changes what happens next.
    await ask("system.describe", {}).catch(() => undefined);
    if (ended()) return;
    const delay = delays[Math.min(failures, delays.length - 1)] ?? 1000;
    failures += 1;
    timer = setTimeout(connect, delay);
  }

  connect();
  return {
    invoke: outlasting(ask, () => closed, delays[0]) as PageTransport["invoke"],
    subscribe: listeners.subscribe,
    watchConnection: connection.watch,
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

/** Throws `unreachable`, also where the connection breaks while the answer comes. */
async function post(base: URL, body: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(new URL("/api/invoke", base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new Problem(
      "unreachable",
      "GAN Studio does not answer. Check that the program that serves this page still runs.",
      { cause },
    );
  }
}

/** Null for what is no event: one bad message must not end the others. */
function eventIn(text: string): { event?: unknown; detail?: unknown } | null {
  try {
    const message = decode(text);
    return typeof message === "object" ? message : null;
  } catch {
    return null;
  }
}

function answerIn(status: number, text: string): { result?: unknown; error?: ProblemReport } {
  try {
    return decode(text) as { result?: unknown; error?: ProblemReport };
  } catch (cause) {
    throw new Problem(
      "internal",
      `The server gave an answer that this page cannot read (status ${status.toString()}). Reload the page; if that does not help, restart GAN Studio.`,
      { cause },
    );
  }
}
