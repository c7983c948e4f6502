/** A GAN, built: the specification's networks, loss and optimisers as functions. No tensors yet. */
import { inferSpecification, type Specification } from "../spec/specification.ts";
import type { InferredNetwork } from "../spec/network.ts";
import type { Shape } from "../spec/shape.ts";
import { lossFunctions, type LossFunctions } from "./losses/losses.ts";
import { initialNetwork, mapVariables } from "./networks/initialize.ts";
import { variableNames, type NetworkName } from "./networks/network.ts";
import { optimizerFunctions, type OptimizerFunctions } from "./optimizers/optimizers.ts";
import { type HostTensors } from "./tensors.ts";

export interface Player {
  name: NetworkName;
  network: InferredNetwork;
  optimizer: OptimizerFunctions;
  /** Full names of the trained variables, and of all. */
  trained: string[];
  variables: string[];
}

export interface Gan {
  specification: Specification;
  generator: Player;
  discriminator: Player;
  loss: LossFunctions;
}

/** Name of the scalar that counts a player's updates. */
export const updatesName = (name: NetworkName): string => `${name}/updates`;

/** Name of a generator variable's moving average. */
export const averageName = (variable: string): string => `${variable}/average`;

/** Throws what `inferSpecification` throws. */
export function buildGan(specification: Specification): Gan {
  const inferred = inferSpecification(specification);
  const player = (name: NetworkName): Player => ({
    name,
    network: inferred[name],
    optimizer: optimizerFunctions(specification.optimizers[name]),
    trained: variableNames(name, inferred[name], { trainedOnly: true }),
    variables: variableNames(name, inferred[name], { trainedOnly: false }),
  });
  return {
    specification,
    generator: player("generator"),
    discriminator: player("discriminator"),
    loss: lossFunctions(specification.loss),
  };
}

/** The whole state before the first step: variables, slots and update counts of both players. */
export const initialState = (gan: Gan): HostTensors =>
  stateFrom(gan, (name, network) => initialNetwork(name, network, gan.specification.seed));

/** The names and shapes of the state, without drawing a number. */
export function stateShapes(gan: Gan): Record<string, Shape> {
  const none = new Float32Array(0);
  const state = stateFrom(gan, (name, network) =>
    mapVariables(name, network, ({ shape }) => ({ shape, values: none })),
  );
  return Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape]));
}

function stateFrom(
  gan: Gan,
  variablesOf: (name: NetworkName, network: InferredNetwork) => HostTensors,
): HostTensors {
  const of = ({ name, network, optimizer, trained }: Player): HostTensors => {
    const variables = variablesOf(name, network);
    const parameters = Object.fromEntries(
      Object.entries(variables).filter(([variable]) => trained.includes(variable)),
    );
    return {
      ...variables,
      ...optimizer.initialSlots(parameters),
      [updatesName(name)]: { shape: [], values: new Float32Array(1) },
    };
  };
  const generator = of(gan.generator);
  const averages = gan.specification.generatorAverage
    ? gan.generator.variables.map((name) => [averageName(name), generator[name]] as const)
    : [];
  return {
    ...generator,
    ...(Object.fromEntries(averages) as HostTensors),
    ...of(gan.discriminator),
  };
}
