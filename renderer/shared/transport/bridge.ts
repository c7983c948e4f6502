/** The desktop app's transport: what its preload script hands to the page as `window.ganStudio`. */
import type { EventName, Events } from "../../../main/contract/events.ts";
import { Problem, type ProblemReport } from "../../../main/spec/problem.ts";
import { createDesktop, type DesktopBridge } from "./desktop.ts";
import type { PageTransport } from "./page-transport.ts";

/** Errors cross the bridge as reports: an `Error` would lose its code there. */
export interface Bridge extends Partial<DesktopBridge> {
  invoke(
    command: string,
    payload: unknown,
  ): Promise<{ result: unknown } | { error: ProblemReport }>;
  subscribe<Name extends EventName>(
    event: Name,
    listener: (detail: Events[Name]) => void,
  ): () => void;
  /** Where a dropped file lies; absent where the desktop app does not tell. */
  pathOf?: (file: File) => string;
}

export function createBridgeTransport(bridge: Bridge): PageTransport {
  async function invoke(command: string, payload: unknown): Promise<unknown> {
    const answer = await bridge.invoke(command, payload);
    if ("error" in answer) throw new Problem(answer.error.code, answer.error.message);
    return answer.result;
  }
  return {
    invoke: invoke as PageTransport["invoke"],
    subscribe: (event, listener) => bridge.subscribe(event, listener),
    ...(bridge.pathOf && { pathOf: bridge.pathOf }),
    ...(bridge.ask &&
      bridge.onWish && { desktop: createDesktop({ ask: bridge.ask, onWish: bridge.onWish }) }),
    watchConnection(listener) {
      listener("connected");
      return () => undefined;
    },
  };
}
