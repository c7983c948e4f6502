/** How fast a run goes: a short memory of step times, so that pauses and saves do not count. */

export interface Pace {
  /** Tells that a step took so many milliseconds. */
  add(milliseconds: number): void;
  /** Mean over the last steps, NaN before the first. */
  millisecondsPerStep(): number;
  /** The next steps are of another kind. */
  forget(): void;
}

export function createPace(memory = 50): Pace {
  const times: number[] = [];
  return {
    add(milliseconds) {
      times.push(milliseconds);
      if (times.length > memory) times.shift();
    },
    forget() {
      times.length = 0;
    },
    millisecondsPerStep: () => times.reduce((sum, time) => sum + time, 0) / times.length,
  };
}
