/** Commands for runs in one file: written to a path or handed out in parts, and taken in. */
import { randomBytes } from "node:crypto";
import type { Handlers } from "../../contract/commands.ts";
import { durableWrite } from "../../files/durable-write.ts";
import { segmentBytes, type Segment } from "../../files/segments.ts";
import { Problem } from "../../spec/problem.ts";
import type { ApiContext } from "../context.ts";
import { typedPath } from "../typed-path.ts";
import { importBundle } from "./import.ts";
import { bundlePlan, type BundlePlan } from "./plan.ts";
import type { TransferWatch } from "./transfers.ts";

type Bundles = Pick<
  Handlers,
  | "runs.bundle"
  | "runs.import"
  | "runs.cancelBundle"
  | "bundles.open"
  | "bundles.read"
  | "bundles.close"
>;

/** Bytes of one part. */
const partBytes = 4 * 1024 * 1024;
/** Bundles that are handed out at a time; who opens more gives up the oldest. */
const mostOpen = 4;

export function bundleHandlers(context: ApiContext): Bundles {
  const { home, transfers } = context;
  const open = new Map<string, BundlePlan>();

  return {
    async "runs.bundle"({ id, path: given, last = false, overwrite = false }) {
      const path = typedPath(given);
      return transfers.run(path, async (watch) => {
        const plan = await bundlePlan(home, id, { last }, watch);
        const content = written(plan, watch);
        const { bytes, sha256 } = await durableWrite(path, content, { overwrite });
        const { checkpoints, samples, leftOut } = plan;
        return { path, bytes, sha256, checkpoints, samples, leftOut };
      });
    },

    "runs.import"({ path: given, data }) {
      const path = typedPath(given);
      return transfers.run(path, (watch) => importBundle(context, path, data, watch));
    },

    async "runs.cancelBundle"({ path }) {
      return { cancelled: await transfers.cancel(typedPath(path)) };
    },

    async "bundles.open"({ id, last = false }) {
      const name = `${id}.ganrun`;
      const ticket = randomBytes(16).toString("hex");
      const plan = await transfers.run(`${name} ${ticket}`, (watch) =>
        bundlePlan(home, id, { last }, watch),
      );
      open.set(ticket, plan);
      for (const oldest of [...open.keys()].slice(0, -mostOpen)) open.delete(oldest);
      const { bytes, checkpoints, samples, leftOut } = plan;
      return { ticket, name, bytes, checkpoints, samples, leftOut };
    },

    async "bundles.read"({ ticket, at }) {
      const plan = open.get(ticket);
      if (!plan) throw new Problem("run.state", "This bundle is no longer open; ask for it anew.");
      return { bytes: await part(plan.segments, at) };
    },

    "bundles.close": ({ ticket }) => ({ closed: open.delete(ticket) }),
  };
}

async function* written(
  { segments, bytes }: BundlePlan,
  { signal, onProgress }: TransferWatch,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  try {
    for await (const piece of segmentBytes(segments)) {
      signal.throwIfAborted();
      yield piece;
      done += piece.length;
      onProgress("writing", done, bytes);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw gone(thrown);
  }
}

async function part(segments: readonly Segment[], at: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let left = partBytes;
  try {
    for await (const piece of segmentBytes(segments, at)) {
      pieces.push(piece.subarray(0, left));
      left -= piece.length;
      if (left <= 0) break;
    }
  } catch (thrown) {
    throw gone(thrown);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** A run that trains drops old checkpoints while its bundle is made. */
function gone(thrown: unknown): unknown {
  const isGone =
    thrown instanceof RangeError ||
    (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT");
  if (!isGone) return thrown;
  return new Problem(
    "checkpoint.damaged",
    "A file of the run went while the bundle was made, as it does while a run trains; pause the run, or try again.",
    { cause: thrown },
  );
}
