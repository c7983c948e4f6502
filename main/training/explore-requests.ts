/** The questions that came for an exploring session and were not taken yet; some come before it is ready. */
import type { ExploreRequest } from "./explore-messages.ts";

export interface Requests {
  deliver(request: ExploreRequest): void;
  /** The oldest that was not taken, once there is one. For one taker at a time. */
  next(): Promise<ExploreRequest>;
}

export function createRequests(): Requests {
  const waiting: ExploreRequest[] = [];
  let taker: ((request: ExploreRequest) => void) | null = null;
  return {
    deliver(request) {
      if (taker) taker(request);
      else waiting.push(request);
      taker = null;
    },
    next() {
      const first = waiting.shift();
      if (first) return Promise.resolve(first);
      return new Promise((resolve) => (taker = resolve));
    },
  };
}
