/** A GAN, built: the specification's networks, loss and optimisers as functions. No tensors yet. */
import { inferSpecification, type Specification } from "../spec/specification.ts";
import type { InferredNetwork } from "../spec/network.ts";
import { lossFunctions, type LossFunctions } from "./losses/losses.ts";
import { initialNetwork } from "./networks/initialize.ts";
import { variableNames, type NetworkName } from "./networks/network.ts";
import { optimizerFunctions, type OptimizerFunctions } from "./optimizers/optimizers.ts";
import { type HostTensors } from "./tensors.ts";

export interface Player {
  name: NetworkName;
  network: InferredNetwork;
  optimizer: OptimizerFunctions;
  /** Full names of trained variables, of moving statistics, and of all. */
  trained: string[];
  measured: string[];
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

/** Throws what `inferSpecification` throws. */
export function buildGan(specification: Specification): Gan {
  const inferred = inferSpecification(specification);
  const player = (name: NetworkName): Player => {
    const trained = variableNames(name, inferred[name], true);
    const measured = variableNames(name, inferred[name], false);
    return {
      name,
      network: inferred[name],
      optimizer: optimizerFunctions(specification.optimizers[name]),
      trained,
      measured,
      variables: [...trained, ...measured],
    };
  };
  return {
    specification,
    generator: player("generator"),
    discriminator: player("discriminator"),
    loss: lossFunctions(specification.loss),
  };
}

/** The whole state before the first step: variables, slots and update counts of both players. */
export function initialState(gan: Gan): HostTensors {
  const { seed } = gan.specification;
  const of = ({ name, network, optimizer, trained }: Player): HostTensors => {
    const variables = initialNetwork(name, network, seed);
    const parameters = Object.fromEntries(
      Object.entries(variables).filter(([variable]) => trained.includes(variable)),
    );
    return {
      ...variables,
      ...optimizer.initialSlots(parameters),
      [updatesName(name)]: { shape: [], values: new Float32Array(1) },
    };
  };
  return { ...of(gan.generator), ...of(gan.discriminator) };
}
