/** Why a server cannot listen where it was told to, as a sentence that says what to change. */
import { Problem } from "../spec/problem.ts";
import { authority } from "./hosts.ts";

/** A `usage` problem for the known causes; anything else is given back as it came. */
export function listenProblem(thrown: unknown, host: string, port: number): unknown {
  const code = (thrown as NodeJS.ErrnoException).code;
  const at = authority(host, port);
  if (code === "EADDRINUSE") {
    return new Problem("usage", `${at} is in use by another program; choose another --port.`, {
      cause: thrown,
    });
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new Problem("usage", `This machine has no address ${host}; choose another --host.`);
  }
  if (code === "EACCES") {
    return new Problem(
      "usage",
      `${at} may not be used without more rights; choose a --port above 1023.`,
    );
  }
  return thrown;
}
