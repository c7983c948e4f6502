/** What a run computes with, as far as its numbers may depend on it; and how two of these differ. */
import { arch, cpus, platform } from "node:os";
import type { FromSession } from "../../training/messages.ts";
import type { Surroundings } from "../../store/sittings.ts";

type Engine = Extract<FromSession, { type: "ready" }>["engine"];

/** Of a session on this machine. */
export const surroundingsOf = (engine: Engine, mode: string): Surroundings => ({
  ...{ engine: engine.name, mode, version: engine.version },
  ...{ device: engine.device, threads: engine.threads },
  processor: cpus()[0]?.model.trim() ?? "unknown",
  system: `${platform()} ${arch()}`,
});

const names: Record<keyof Surroundings, string> = {
  engine: "the engine",
  mode: "the way of computing",
  version: "the library",
  device: "the device",
  threads: "the number of threads",
  processor: "the processor",
  system: "the system",
};

/** What is another, as `the device (GPU then, CPU now)`; empty where all is the same. */
export const changesBetween = (then: Surroundings, now: Surroundings): string[] =>
  (Object.keys(names) as (keyof Surroundings)[]).flatMap((part) =>
    then[part] === now[part] ? [] : [`${names[part]} (${then[part]} then, ${now[part]} now)`],
  );
