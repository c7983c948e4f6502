/** Start values of variables, drawn on the host from the run's seed: the same on every engine. */
import { normal, uniform } from "../../random/philox.ts";
import { streamSeed } from "../../random/streams.ts";
import type { InferredNetwork } from "../../spec/network.ts";
import type { Variable } from "../../spec/layers/kind.ts";
import { sizeOf } from "../../spec/shape.ts";
import type { HostTensor, HostTensors } from "../tensors.ts";
import { variableName, type NamedNetwork } from "./network.ts";

const uniformWithin = (limit: number, seed: readonly [number, number], count: number) =>
  uniform(seed, count).map((value) => (2 * value - 1) * limit);

const normalWith = (
  mean: number,
  deviation: number,
  seed: readonly [number, number],
  count: number,
) => normal(seed, count).map((value) => mean + deviation * value);

/** The start values of one variable, from the stream of its name. */
export function initialValues(variable: Variable, name: string, runSeed: number): HostTensor {
  const { initializer, fanIn, fanOut, shape } = variable;
  const count = sizeOf(shape);
  const seed = streamSeed(runSeed, `start/${name}`);
  const draw = (): Float32Array<ArrayBuffer> => {
    switch (initializer.kind) {
      case "fanInUniform":
        return uniformWithin(1 / Math.sqrt(fanIn), seed, count);
      case "glorotUniform":
        return uniformWithin(Math.sqrt(6 / (fanIn + fanOut)), seed, count);
      case "glorotNormal":
        return normalWith(0, Math.sqrt(2 / (fanIn + fanOut)), seed, count);
      case "heUniform":
        return uniformWithin(Math.sqrt(6 / fanIn), seed, count);
      case "heNormal":
        return normalWith(0, Math.sqrt(2 / fanIn), seed, count);
      case "normal":
        return normalWith(initializer.mean, initializer.standardDeviation, seed, count);
      case "constant":
        return new Float32Array(count).fill(initializer.value);
    }
  };
  return { shape, values: draw() };
}

/** The start values of all of a network's variables, by full name. */
export const initialNetwork = (
  name: NamedNetwork,
  network: InferredNetwork,
  runSeed: number,
): HostTensors =>
  mapVariables(name, network, (variable, full) => initialValues(variable, full, runSeed));

/** Something for each of a network's variables, by full name. */
export const mapVariables = (
  name: NamedNetwork,
  network: InferredNetwork,
  make: (variable: Variable, full: string) => HostTensor,
): HostTensors =>
  Object.fromEntries(
    network.layers.flatMap((layer, index) =>
      layer.variables.map((variable) => {
        const full = variableName(name, index, variable.name);
        return [full, make(variable, full)] as const;
      }),
    ),
  );
