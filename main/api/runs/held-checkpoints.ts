/**
 * Checkpoints that something reads at the moment or is about to: while a run trains on, its old ones are
 * dropped, but not these.
 */

export interface HeldCheckpoints {
  /** Holds a checkpoint until the function that is returned is called. */
  hold(run: string, step: number): () => void;
  /** Holds them for as long as `work` takes. */
  during<Result>(
    run: string,
    steps: readonly number[],
    work: () => Promise<Result>,
  ): Promise<Result>;
  isHeld(run: string, step: number): boolean;
}

export function createHeldCheckpoints(): HeldCheckpoints {
  const all = new Set<{ run: string; step: number }>();
  const hold: HeldCheckpoints["hold"] = (run, step) => {
    const one = { run, step };
    all.add(one);
    return () => {
      all.delete(one);
    };
  };
  return {
    hold,
    async during(run, steps, work) {
      const releases = steps.map((step) => hold(run, step));
      try {
        return await work();
      } finally {
        for (const release of releases) release();
      }
    },
    isHeld: (run, step) => [...all].some((one) => one.run === run && one.step === step),
  };
}
