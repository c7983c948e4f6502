/** A learning rate's schedule in words. */
import type { Optimizer } from "../../main/spec/optimizers.ts";
import { formatAmount } from "../shared/formats.ts";

/** `× 0.5 after epochs 20, 50, 80`. */
export function scheduleText({ schedule }: Optimizer): string {
  if (schedule.kind === "constant") return "The same in all epochs";
  if (schedule.kind !== "multiStep") {
    const way = schedule.kind === "linear" ? "in a line" : "along a cosine";
    return `${way} to × ${schedule.endFactor.toString()} over ${formatAmount(schedule.epochs, "epoch")}`;
  }
  const epochs = schedule.milestones.length === 1 ? "epoch" : "epochs";
  return `× ${schedule.factor.toString()} after ${epochs} ${schedule.milestones.join(", ")}`;
}
