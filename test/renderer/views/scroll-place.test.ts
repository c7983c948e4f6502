/** jsdom lays nothing out: heights and places are given by hand. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepScrollPlace } from "../../../renderer/views/scroll-place.ts";

const resized: (() => void)[] = [];
const scrollTo = vi.fn<(x: number, y: number) => void>();
let height = 0;
let stop: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("scrollTo", scrollTo);
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(listener: () => void) {
        resized.push(listener);
      }
      observe = () => undefined;
      disconnect = () => resized.pop();
    },
  );
  vi.spyOn(document.documentElement, "scrollHeight", "get").mockImplementation(() => height);
  scrollTo.mockClear();
  history.replaceState(null, "", "#/runs");
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function scroll(top: number): void {
  vi.stubGlobal("scrollY", top);
  window.dispatchEvent(new Event("scroll"));
}
const arrive = (state: unknown) => {
  history.replaceState(state, "");
  window.dispatchEvent(new Event("hashchange"));
};

test("a place is kept once the page stands still, beside what else its entry holds", () => {
  history.replaceState({ other: 1 }, "");
  stop = keepScrollPlace();
  scroll(300);
  scroll(900);
  expect(history.state).toEqual({ other: 1 });
  vi.advanceTimersByTime(100);
  expect(history.state).toEqual({ other: 1, top: 900 });
  scroll(950);
  window.dispatchEvent(new Event("pointerdown"));
  expect(history.state).toEqual({ other: 1, top: 950 });
  vi.stubGlobal("scrollY", 1000);
  window.dispatchEvent(new Event("beforeunload"));
  expect(history.state).toEqual({ other: 1, top: 1000 });
});

test("who comes back is where he was, once the page is long enough; a new place starts at its top", () => {
  stop = keepScrollPlace();
  arrive(null);
  expect(resized).toEqual([]);
  height = 500;
  arrive({ top: 900 });
  // The screen begins at its top, which is not what is kept.
  scroll(0);
  vi.advanceTimersByTime(200);
  expect(history.state).toEqual({ top: 900 });
  for (const listener of resized) listener();
  expect(scrollTo).not.toHaveBeenCalled();
  height = 5000;
  for (const listener of [...resized]) listener();
  expect(scrollTo).toHaveBeenCalledExactlyOnceWith(0, 900);
  expect(resized).toEqual([]);
});

test("nobody is moved who has begun to do something else", () => {
  height = 5000;
  stop = keepScrollPlace();
  arrive({ top: 900 });
  window.dispatchEvent(new Event("wheel"));
  expect(resized).toEqual([]);
  arrive({ top: 900 });
  arrive({ top: 0 });
  expect(resized).toEqual([]);
});
