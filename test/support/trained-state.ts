/** A GAN's state as if it had been trained: every variable random, moving statistics too. */
import { initialState, type Gan } from "../../main/engine/gan.ts";
import type { HostTensors } from "../../main/engine/tensors.ts";
import { normal } from "../../main/random/philox.ts";
import { streamSeed } from "../../main/random/streams.ts";

export function trainedState(gan: Gan, seed = 1): HostTensors {
  const state = initialState(gan);
  return Object.fromEntries(
    Object.entries(state).map(([name, { shape, values }]) => {
      const noise = normal(streamSeed(seed, name), values.length);
      const around = (base: (index: number) => number, spread: number) =>
        values.map((_, index) => base(index) + spread * (noise[index] as number));
      if (name.includes("movingVariance")) {
        return [name, { shape, values: noise.map((value) => 0.5 + Math.abs(value)) }];
      }
      if (name.includes("movingMean") || /\.(beta|bias)/.test(name)) {
        return [name, { shape, values: around(() => 0, 0.1) }];
      }
      if (name.includes("gamma")) return [name, { shape, values: around(() => 1, 0.2) }];
      return [name, { shape, values: around((index) => values[index] as number, 0.02) }];
    }),
  );
}
