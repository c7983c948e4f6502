/** Why an attempt to download failed, in words for the end of a sentence, and whether to try again. */
import { errorCodeOf } from "../../files/file-problem.ts";

export class DownloadFailure extends Error {
  /** Whether the same address may do better later. */
  readonly mayPass: boolean;

  constructor(reason: string, mayPass: boolean, options?: ErrorOptions) {
    super(reason, options);
    this.name = "DownloadFailure";
    this.mayPass = mayPass;
  }
}

const reasons: Record<string, string> = {
  ENOTFOUND: "its name was not found",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "it refused the connection",
  ECONNRESET: "it broke off the connection",
  EHOSTUNREACH: "it cannot be reached",
  ENETUNREACH: "there is no network",
  ETIMEDOUT: "it did not answer",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer",
  UND_ERR_SOCKET: "it broke off the connection",
};

/** From what `fetch` or a body's reader threw. */
export function networkFailure(thrown: unknown): DownloadFailure {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = errorCodeOf(cause);
  const text = cause instanceof Error ? cause.message : String(cause);
  const reason = reasons[code ?? ""] ?? `the connection failed (${code ?? text})`;
  return new DownloadFailure(reason, true, { cause: thrown });
}

/** From an answer that is no file. */
export function statusFailure(status: number): DownloadFailure {
  const mayPass = status >= 500 || status === 408 || status === 429;
  const what = status === 404 ? "it does not have the file (404)" : `it answered ${status}`;
  return new DownloadFailure(what, mayPass);
}
