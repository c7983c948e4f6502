/** Commands for runs in one file: written to a path or handed out in parts, and taken in. */
import { randomBytes } from "node:crypto";
import type { Handlers } from "../../contract/commands.ts";
import { durableWrite } from "../../files/durable-write.ts";
import { segmentBytes, type Segment } from "../../files/segments.ts";
import { Problem } from "../../spec/problem.ts";
import { listCheckpoints } from "../../store/checkpoints.ts";
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
  const { home, transfers, held } = context;
  const open = new Map<string, { plan: BundlePlan; release: () => void }>();
  const close = (ticket: string): boolean => {
    open.get(ticket)?.release();
    return open.delete(ticket);
  };
  /** Of a run that trains they would be dropped meanwhile. */
  const holdCheckpoints = (id: string) => {
    const releases = listCheckpoints(home, id).map(({ step }) => held.hold(id, step));
    return () => {
      for (const release of releases) release();
    };
  };

  return {
    async "runs.bundle"({ id, path: given, last = false, overwrite = false }) {
      const path = typedPath(given);
      const write = async (watch: TransferWatch) => {
        const plan = await bundlePlan(home, id, { last }, watch);
        const content = written(plan, watch);
        const { bytes, sha256 } = await durableWrite(path, content, { overwrite });
        const { checkpoints, samples, leftOut } = plan;
        return { path, bytes, sha256, checkpoints, samples, leftOut };
      };
      const release = holdCheckpoints(id);
      return transfers.run(path, write).finally(release);
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
      const release = holdCheckpoints(id);
      const planned = transfers.run(`${name} ${ticket}`, (watch) =>
        bundlePlan(home, id, { last }, watch),
      );
      planned.catch(release);
      const plan = await planned;
      open.set(ticket, { plan, release });
      for (const oldest of [...open.keys()].slice(0, -mostOpen)) close(oldest);
      const { bytes, checkpoints, samples, leftOut } = plan;
      return { ticket, name, bytes, checkpoints, samples, leftOut };
    },

    async "bundles.read"({ ticket, at }) {
      const plan = open.get(ticket)?.plan;
      if (!plan) throw new Problem("run.state", "This bundle is no longer open; ask for it anew.");
      return { bytes: await part(plan.segments, at) };
    },

    "bundles.close": ({ ticket }) => ({ closed: close(ticket) }),
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
