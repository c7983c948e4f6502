/** Names of the files that a step leaves below its run's folder; they sort by step. */

/** `checkpoints/step-000000390.safetensors` */
export const checkpointFile = (step: number): string => `checkpoints/${stepName(step)}.safetensors`;

/** `samples/step-000000390.png` */
export const sampleFile = (step: number): string => `samples/${stepName(step)}.png`;

function stepName(step: number): string {
  if (!Number.isSafeInteger(step) || step < 0)
    throw new RangeError(`A step is a whole number from 0, not ${step}.`);
  return `step-${step.toString().padStart(9, "0")}`;
}
