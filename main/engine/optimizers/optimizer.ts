/**
 * An optimiser as two pure functions over named tensors. Its state is slots (one or more tensors a
 * parameter) and the number of updates done, all part of the run's state and of its checkpoints.
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { HostTensors, Tensors } from "../tensors.ts";

export interface OptimizerFunctions {
  /** Start values of the slots of these parameters; names are the parameter's with an ending. */
  initialSlots(parameters: HostTensors): HostTensors;
  /**
   * @param learningRate float32 scalar
   * @param updates float32 scalar: the number of this update, from 1
   * @returns new parameters and new slots, under their old names
   */
  update(
    parameters: Tensors,
    gradients: Tensors,
    slots: Tensors,
    learningRate: tf.Scalar,
    updates: tf.Scalar,
  ): Tensors;
}
