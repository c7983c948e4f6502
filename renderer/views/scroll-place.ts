/**
 * Where the page was scrolled to, over a reload. A browser does that for a page that is there at once;
 * this one grows as answers come, so the place is taken once the page reaches that far, unless whoever
 * sits there has begun to do something else.
 */
import * as v from "valibot";
import { keep, recall } from "../shared/kept.ts";

const name = "scrolled";
const keptSchema = v.strictObject({ address: v.string(), top: v.number() });
/** Milliseconds after which nobody waits for it any more. */
const patience = 5000;
const acts = ["wheel", "keydown", "pointerdown", "hashchange"] as const;

/** Goes back to the place, and keeps the next one, until the returned function is called. */
export function keepScrollPlace(): () => void {
  const kept = recall(name, keptSchema);
  const end = kept?.address === location.hash ? waitFor(kept.top) : () => undefined;
  const leave = () => {
    keep(name, { address: location.hash, top: scrollY });
  };
  window.addEventListener("pagehide", leave);
  return () => {
    end();
    window.removeEventListener("pagehide", leave);
  };
}

function waitFor(top: number): () => void {
  if (top <= 0) return () => undefined;
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
  };
  for (const act of acts) window.addEventListener(act, end);
  observer.observe(document.body);
  return end;
}
