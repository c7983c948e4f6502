/**
 * Where the page was scrolled to, over a reload and on the way back: kept with its entry in the browser's
 * history. A browser does that for a page that is there at once; this one grows as answers come, so the
 * place is taken once the page reaches that far, unless whoever sits there has begun to do something else.
 */

/** Milliseconds of stillness after which a place is kept: browsers refuse to be told of each step. */
const calm = 100;
/** Milliseconds after which nobody waits for a place any more. */
const patience = 5000;
const acts = ["wheel", "keydown", "pointerdown"] as const;

const topOf = (state: unknown): number => {
  const top = (state as { top?: unknown } | null)?.top;
  return typeof top === "number" ? top : 0;
};

/** Goes back to the places, and keeps them, until the returned function is called. */
export function keepScrollPlace(): () => void {
  let isWaiting = false;
  let moved: ReturnType<typeof setTimeout> | undefined;
  let stopWaiting: () => void = () => undefined;

  const keep = () => {
    clearTimeout(moved);
    moved = undefined;
    if (isWaiting) return;
    history.replaceState({ ...(history.state as object | null), top: scrollY }, "");
  };
  const keepMoved = () => {
    if (moved !== undefined) keep();
  };
  const scrolled = () => {
    if (isWaiting) return;
    clearTimeout(moved);
    moved = setTimeout(keep, calm);
  };
  const arrive = () => {
    clearTimeout(moved);
    moved = undefined;
    stopWaiting();
    const top = topOf(history.state);
    if (top <= 0) return;
    isWaiting = true;
    stopWaiting = waitFor(top, () => (isWaiting = false));
  };

  history.scrollRestoration = "manual";
  arrive();
  const listeners = [
    ["scroll", scrolled],
    ["hashchange", arrive],
    // What follows may lead elsewhere.
    ...acts.map((act) => [act, keepMoved] as const),
    // Later, an entry that is left takes no more.
    ["beforeunload", keep],
  ] as const;
  for (const [name, listener] of listeners) window.addEventListener(name, listener);
  return () => {
    stopWaiting();
    clearTimeout(moved);
    for (const [name, listener] of listeners) window.removeEventListener(name, listener);
  };
}

function waitFor(top: number, over: () => void): () => void {
  const observer = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight - innerHeight < top) return;
    window.scrollTo(0, top);
    end();
  });
  const timer = setTimeout(() => {
    end();
  }, patience);
  const end = () => {
    clearTimeout(timer);
    observer.disconnect();
    for (const act of acts) window.removeEventListener(act, end);
    over();
  };
  for (const act of acts) window.addEventListener(act, end);
  observer.observe(document.body);
  return end;
}
