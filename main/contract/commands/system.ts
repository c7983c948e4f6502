/** Commands about the program itself and the machine that it runs on. */
import * as v from "valibot";
import { answers } from "../command.ts";
import type { BenchResult, SystemDescription } from "../system.ts";
import { engine, name, path, whole } from "../values.ts";

export const systemCommands = {
  "system.describe": answers<SystemDescription>()(v.strictObject({})),
  /** What had to be mended when the data folder was opened, as sentences. */
  "system.notices": answers<{ notices: string[] }>()(v.strictObject({})),
  "system.bench": answers<BenchResult>()(
    v.strictObject({
      preset: name,
      steps: whole(1, 100_000),
      warmup: whole(0, 10_000),
      engine,
    }),
  ),

  /**
   * Has new sessions load another TensorFlow: the folder of one, or null for the program's own. Tried
   * before it is kept; what does not load, or is overruled by the environment, is `usage`.
   */
  "system.useTensorflow": answers<SystemDescription>()(
    v.strictObject({ folder: v.nullable(path) }),
  ),

  /** Ends the measuring of all; whoever waits for it gets `bench.cancelled`. */
  "system.cancelBench": answers<{ cancelled: boolean }>()(v.strictObject({})),
};
