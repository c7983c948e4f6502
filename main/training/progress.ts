/** What a training session tells of its pace while it trains, a few times a second. */
import type { FromSession, Measurement } from "./messages.ts";
import { createPace } from "./pace.ts";
import { epochsDone, type Plan, type Stretch } from "./position.ts";

/** Milliseconds between two messages. */
const interval = 250;

export interface Progress {
  /** A step took so many milliseconds. */
  took(milliseconds: number): void;
  /** The next steps are of another kind, and so is their pace. */
  forget(): void;
  /** To be told with the next message. */
  add(measurement: Measurement): void;
  /** Whether the last message is old enough for another. */
  isDue(): boolean;
  tell(step: number, plan: Plan, stretch: Stretch): void;
}

/** `batchSize`: images a discriminator update. */
export function createProgress(
  batchSize: number,
  send: (message: FromSession) => void,
  now: () => number,
): Progress {
  const pace = createPace();
  let measurements: Measurement[] = [];
  let lastTold = 0;
  return {
    took: (milliseconds) => {
      pace.add(milliseconds);
    },
    forget: () => {
      pace.forget();
    },
    add: (measurement) => measurements.push(measurement),
    isDue: () => now() - lastTold >= interval,
    tell(step, plan, { discriminatorSteps, stepsPerEpoch }) {
      const millisecondsPerStep = pace.millisecondsPerStep();
      const { totalSteps } = plan;
      const imagesPerSecond = (batchSize * discriminatorSteps * 1000) / millisecondsPerStep;
      const secondsLeft = ((totalSteps - step) * millisecondsPerStep) / 1000;
      const epoch = epochsDone(plan, step);
      send({
        type: "progress",
        progress: {
          ...{ step, epoch, stepsPerEpoch, totalSteps },
          ...{ millisecondsPerStep, imagesPerSecond, secondsLeft, measurements },
        },
      });
      measurements = [];
      lastTold = now();
    },
  };
}
