/**
 * A graph that TensorFlow has loaded. tfjs's binding opens sessions from SavedModel folders only, so
 * the graph passes through a private folder, which is gone again when it is loaded. One that is left
 * by a process that was killed in between goes at the next start.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elementType, type ElementType } from "./attributes.ts";
import type { Graph } from "./graph.ts";
import { nativeBackend } from "./native.ts";
import { Untraceable } from "./untraceable.ts";

export interface Feed {
  node: string;
  type: ElementType;
  shape: readonly number[];
  values: Float32Array | Int32Array | Uint8Array;
}

export interface Session {
  /** Runs the graph once, up to the nodes `fetches`, and returns what they give. */
  run(feeds: readonly Feed[], fetches: readonly string[]): Float32Array<ArrayBuffer>[];
  close(): void;
}

const prefix = "gan-studio-graph-";

/** Throws `Untraceable` where no file can be written, and what TensorFlow says of a graph that it refuses. */
export function openSession(graph: Graph): Session {
  const { binding } = nativeBackend();
  removeAbandoned();
  const folder = folderOf(graph);
  let model: number;
  try {
    model = binding.loadSavedModel(folder, "serve");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  return {
    run(feeds, fetches) {
      const inputs: number[] = [];
      try {
        for (const { shape, type, values } of feeds) {
          inputs.push(binding.createTensor(shape, elementType[type], values));
        }
        const names = (nodes: readonly string[]) => nodes.map((node) => `${node}:0`).join(",");
        const outputs = binding.runSavedModel(
          model,
          inputs,
          names(feeds.map(({ node }) => node)),
          names(fetches),
        );
        const left = new Set(outputs.map(({ id }) => id));
        try {
          // The binding gives a copy; each tensor goes before the next is copied.
          return outputs.map(({ id }) => {
            const values = binding.tensorDataSync(id) as Float32Array<ArrayBuffer>;
            left.delete(id);
            binding.deleteTensor(id);
            return values;
          });
        } finally {
          for (const id of left) binding.deleteTensor(id);
        }
      } finally {
        for (const id of inputs) binding.deleteTensor(id);
      }
    },
    close() {
      binding.deleteSavedModel(model);
    },
  };
}

function folderOf(graph: Graph): string {
  let folder = "";
  try {
    folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid.toString()}-`));
    writeFileSync(join(folder, "saved_model.pb"), graph.bytes(), { mode: 0o600 });
    return folder;
  } catch (cause) {
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    throw new Untraceable(`its graph cannot be written to ${tmpdir()} (${code})`, { cause });
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Folders whose process has died before it could remove them. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's, who removes it at the next start.
    }
  }
}
