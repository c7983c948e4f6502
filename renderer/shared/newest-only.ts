/**
 * Work that is asked for faster than it can be done, as by a slider or by events: one at a time, and of
 * what is asked meanwhile only the newest.
 */

export interface NewestOnly<Asked> {
  ask(asked: Asked): void;
}

/** `work` catches what it throws. */
export function newestOnly<Asked>(work: (asked: Asked) => Promise<void>): NewestOnly<Asked> {
  let working = false;
  let waiting: { asked: Asked } | null = null;
  async function begin(asked: Asked): Promise<void> {
    working = true;
    try {
      await work(asked);
    } finally {
      working = false;
    }
    const next = waiting;
    waiting = null;
    if (next) await begin(next.asked);
  }
  return {
    ask(asked) {
      if (working) waiting = { asked };
      else void begin(asked);
    },
  };
}
