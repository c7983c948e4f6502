/** How the preparation of a data set is getting on. */
import type { PreparationProgress } from "../contract/events.ts";
import type { Amount } from "./amount-progress.ts";
import { bytes, count, duration } from "./format.ts";

export const preparationFormat = "{what}  {bar} {percentage}%  {amount}";

const stages: Record<PreparationProgress["stage"], string> = {
  unpacking: "Unpacking",
  pictures: "Preparing pictures",
  lines: "Reading lines",
};

export function preparationAmount(progress: PreparationProgress): Amount {
  const { stage, done, total, secondsLeft } = progress;
  const figures = stage === "pictures" ? count : bytes;
  const left = secondsLeft === null ? "" : `  ${duration(secondsLeft)} left`;
  return {
    ...{ done, total, what: stages[stage] },
    amount: `${figures(done)} of ${figures(total)}${left}`,
  };
}
