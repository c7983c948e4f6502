/** The HTTP status that goes with each code of a `Problem`; programs should branch on the code. */
import type { ProblemCode } from "../spec/problem.ts";

const statuses: Record<ProblemCode, number> = {
  usage: 400,
  "preset.unknown": 404,
  "spec.invalid": 422,
  "spec.shape": 422,
  "data.unknown": 404,
  "data.missing": 404,
  "data.empty": 422,
  "data.format": 422,
  "data.mismatch": 422,
  "download.failed": 502,
  "download.cancelled": 409,
  "home.unwritable": 503,
  "home.locked": 503,
  "home.newer": 503,
  "home.damaged": 503,
  "run.unknown": 404,
  "run.state": 409,
  "run.nocheckpoint": 409,
  "run.diverged": 409,
  "checkpoint.damaged": 422,
  "engine.unavailable": 503,
  "engine.failed": 500,
  "engine.memory": 507,
  "session.crashed": 500,
  "session.unresponsive": 504,
  "file.exists": 409,
  "file.unwritable": 403,
  "disk.full": 507,
  "access.denied": 403,
  internal: 500,
};

export const statusOf = (code: ProblemCode): number => statuses[code];
