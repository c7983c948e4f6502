/**
 * The TensorFlow that was chosen in Settings, kept in the data folder's `settings.json`. What the
 * environment names goes before it. A file that cannot be read counts as no choice.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { TensorflowChoice } from "../../contract/gpu.ts";
import { durableWrite } from "../../files/durable-write.ts";
import type { SessionHost } from "../sessions/host.ts";

const settingsSchema = v.object({ tensorflow: v.nullish(v.string()) });

export interface ChosenTensorflow {
  /** What new sessions use. */
  current(): Pick<TensorflowChoice, "folder" | "from">;
  /** Keeps a choice for this and later starts; null for the program's own. */
  keep(folder: string | null): Promise<void>;
}

export function chosenTensorflow(home: string, environment: NodeJS.ProcessEnv): ChosenTensorflow {
  const file = join(home, "settings.json");
  let kept = read(file);
  return {
    current() {
      const named = (environment.GAN_STUDIO_TENSORFLOW ?? "").trim();
      if (named !== "") return { folder: named, from: "environment" };
      return kept === null ? { folder: null, from: "own" } : { folder: kept, from: "settings" };
    },
    async keep(folder) {
      await durableWrite(file, [Buffer.from(`${JSON.stringify({ tensorflow: folder })}\n`)]);
      kept = folder;
    },
  };
}

function read(file: string): string | null {
  try {
    const parsed = v.safeParse(settingsSchema, JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? (parsed.output.tensorflow ?? null) : null;
  } catch {
    return null;
  }
}

/** The host whose sessions load what was chosen, if no job of theirs says otherwise. */
export const withTensorflow = (host: SessionHost, chosen: ChosenTensorflow): SessionHost => ({
  start(environment = {}) {
    const { folder, from } = chosen.current();
    const own = from === "settings" && folder !== null ? { GAN_STUDIO_TENSORFLOW: folder } : {};
    return host.start({ ...own, ...environment });
  },
});
