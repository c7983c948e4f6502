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
  // A last chance to be heard, for where both stood still.
  vi.advanceTimersByTime(4999);
  expect(silent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(silent).toHaveBeenCalledExactlyOnceWith(60);
});

it("does not bark where the session is heard as soon as it can be", () => {
  const silent = vi.fn();
  const watchdog = createWatchdog(silent);
  watchdog.heard(10);
  // A machine that slept: the limit has passed before anything could be heard.
  vi.advanceTimersByTime(60_000);
  watchdog.heard();
  vi.advanceTimersByTime(59_000);
  expect(silent).not.toHaveBeenCalled();
});

it("is patient again while another kind of step is made", () => {
  const silent = vi.fn();
  const watchdog = createWatchdog(silent);
  watchdog.heard(10);
  watchdog.load();
  vi.advanceTimersByTime(299_000);
  expect(silent).not.toHaveBeenCalled();
  watchdog.heard(10);
  vi.advanceTimersByTime(65_000);
  expect(silent).toHaveBeenCalledOnce();
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
