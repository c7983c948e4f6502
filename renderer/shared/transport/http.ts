/**
 * Browser mode's transport: commands by POST, events by one WebSocket that is opened again with
 * growing pauses when it breaks. A browser hides why a WebSocket failed, so each failure is followed
 * by a command: its status tells a server that is gone from one that does not let this page in.
 */
import { decode, encode } from "../../../main/contract/wire.ts";
import { Problem, type ProblemReport } from "../../../main/spec/problem.ts";
import { createListeners } from "./listeners.ts";
import { watched, type ConnectionState, type PageTransport } from "./page-transport.ts";

const retryDelays = [500, 1000, 2000, 4000, 8000];

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

  async function invoke(command: string, payload: unknown): Promise<unknown> {
    const response = await post(base, encode({ command, payload }));
    if (response.status === 401) refuse();
    const answer = await answerIn(response);
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
      failures = 0;
      connection.set("connected");
    });
    socket.addEventListener("message", ({ data }) => {
      const message = eventIn(String(data));
      if (message) listeners.announce(message.event, message.detail);
    });
    socket.addEventListener("close", () => void reconnect());
  }

  // Asked again after each wait: both can change meanwhile.
  const ended = () => closed || connection.get() === "refused";

  async function reconnect(): Promise<void> {
    if (ended()) return;
    connection.set("lost");
    // Its failure is the normal case here; only a refusal changes what happens next.
    await invoke("system.describe", {}).catch(() => undefined);
    if (ended()) return;
    const delay = delays[Math.min(failures, delays.length - 1)] ?? 1000;
    failures += 1;
    timer = setTimeout(connect, delay);
  }

  connect();
  return {
    invoke: invoke as PageTransport["invoke"],
    subscribe: listeners.subscribe,
    watchConnection: connection.watch,
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

async function post(base: URL, body: string): Promise<Response> {
  try {
    return await fetch(new URL("/api/invoke", base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
  } catch (cause) {
    throw new Problem(
      "internal",
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

async function answerIn(response: Response): Promise<{ result?: unknown; error?: ProblemReport }> {
  const text = await response.text();
  try {
    return decode(text) as { result?: unknown; error?: ProblemReport };
  } catch (cause) {
    throw new Problem(
      "internal",
      `The server gave an answer that this page cannot read (status ${response.status.toString()}). Reload the page; if that does not help, restart GAN Studio.`,
      { cause },
    );
  }
}
