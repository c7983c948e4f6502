/** Commands about this machine. */
import { arch, availableParallelism, platform, release, totalmem } from "node:os";
import type { Handlers } from "../../contract/commands.ts";
import type { SystemDescription } from "../../contract/system.ts";
import { presetOf } from "../../spec/presets.ts";
import { Problem } from "../../spec/problem.ts";
import type { ApiContext } from "../context.ts";
import { askEngine } from "./ask-engine.ts";
import { explainGpu } from "./gpu/explain.ts";
import { lookForGpu } from "./gpu/look.ts";
import { setupAdvice } from "./setup-report.ts";
import { requireNoOther, tryTensorflow } from "./try-tensorflow.ts";
import { version } from "./version.ts";

type System = Pick<Handlers, Extract<keyof Handlers, `system.${string}`>>;

export function systemHandlers({ home, oneShots, tensorflow }: ApiContext): System {
  const look = async () => {
    const { engine, library } = await askEngine(oneShots, "auto");
    const environment = process.env;
    const found = await lookForGpu({ platform: platform(), environment, engine, library });
    return { engine, library, gpu: explainGpu(found) };
  };
  // The machine does not change while the program runs, and a look at it loads the whole library.
  let looked: ReturnType<typeof look> | null = null;
  const described = () => {
    looked ??= look();
    looked.catch(() => (looked = null));
    return looked;
  };

  const measuring = new Set<AbortController>();

  const describe = async (): Promise<SystemDescription> => {
    const { engine, library, gpu } = await described();
    return {
      version,
      platform: `${platform()} ${release()} (${arch()})`,
      node: process.version,
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      home: home.folder,
      engine: engine.name,
      engineVersion: engine.version,
      device: engine.device,
      threads: engine.threads,
      advice: engine.name === "wasm" ? setupAdvice() : [],
      gpu,
      tensorflow: { ...tensorflow.current(), library },
    };
  };

  return {
    "system.describe": describe,

    async "system.useTensorflow"({ folder }) {
      requireNoOther(tensorflow.current());
      if (folder !== null) await tryTensorflow(folder, oneShots);
      await tensorflow.keep(folder);
      looked = null;
      return describe();
    },

    "system.notices": () => ({ notices: [...home.notices] }),

    async "system.bench"({ preset, steps, warmup, engine }) {
      const { specification } = presetOf(preset);
      const job = { kind: "bench", specification, engine, steps, warmup } as const;
      const controller = new AbortController();
      measuring.add(controller);
      const asked = oneShots.run(job, "benched", { signal: controller.signal });
      const { result } = await asked.finally(() => measuring.delete(controller));
      const { name, device, threads } = result.engine;
      const { modes, note } = result;
      return { preset, engine: name, device, threads, modes, note };
    },

    "system.cancelBench"() {
      const cancelled = measuring.size > 0;
      for (const controller of measuring)
        controller.abort(new Problem("bench.cancelled", "The measuring was called off."));
      return { cancelled };
    },
  };
}
