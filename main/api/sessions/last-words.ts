/** The end of what a process wrote to its standard error, for the report of its death. */

const limit = 4000;

export interface LastWords {
  add(text: string): void;
  text(): string;
}

export function createLastWords(): LastWords {
  let kept = "";
  return {
    add(text) {
      kept = (kept + text).slice(-limit);
    },
    text: () => kept.trim(),
  };
}
