/** The desktop app's window as the page asks it; see main/contract/desktop.ts. */
import type {
  DesktopCommand,
  DesktopPayload,
  DesktopResults,
} from "../../../main/contract/desktop.ts";
import { Problem, type ProblemReport } from "../../../main/spec/problem.ts";

/** What the preload script hands over for it. */
export interface DesktopBridge {
  ask(command: string, payload: unknown): Promise<{ result: unknown } | { error: ProblemReport }>;
  onWish(listener: () => void): () => void;
}

export interface Desktop {
  /** Rejects with a `Problem`. */
  ask<Name extends DesktopCommand>(
    command: Name,
    payload: DesktopPayload<Name>,
  ): Promise<DesktopResults[Name]>;
  /** Calls `listener` when something is wished of the page; returns the stop. */
  onWish(listener: () => void): () => void;
}

export function createDesktop(bridge: DesktopBridge): Desktop {
  async function ask(command: string, payload: unknown): Promise<unknown> {
    const answer = await bridge.ask(command, payload);
    if ("error" in answer) throw new Problem(answer.error.code, answer.error.message);
    return answer.result;
  }
  return { ask: ask as Desktop["ask"], onWish: (listener) => bridge.onWish(listener) };
}
