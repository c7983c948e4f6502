import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createWatchdog } from "../../../main/api/sessions/watchdog.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("barks after a minute of silence between quick steps", () => {
  const silent = vi.fn();
  const watchdog = createWatchdog(silent);
  watchdog.heard(10);
  vi.advanceTimersByTime(59_000);
  watchdog.heard();
  vi.advanceTimersByTime(59_000);
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(silent).toHaveBeenCalledExactlyOnceWith(60);
});

it("is patient with slow steps, with loading, and with a pause", () => {
  const silent = vi.fn();
  const watchdog = createWatchdog(silent);
  vi.advanceTimersByTime(299_000);
  watchdog.heard(30_000);
  vi.advanceTimersByTime(599_000);
  expect(silent).not.toHaveBeenCalled();
  watchdog.rest();
  vi.advanceTimersByTime(10_000_000);
  expect(silent).not.toHaveBeenCalled();
});
