/**
 * Short words about what was just done, each with at most one way to answer (undo, stop, show). They
 * leave by themselves, but not while someone reads them, and bad news waits to be put away.
 */
import { provided } from "./provided.ts";
import type { Tone } from "./status.ts";

/** Milliseconds that a notice stays. */
const usual = 6000;
const withAction = 10_000;

export interface NoticeWish {
  text: string;
  title?: string;
  tone?: Tone;
  action?: { label: string; run: () => void };
  /** True for one that stays until it is put away; bad news always does. */
  stays?: boolean;
  /**
   * Called once when it goes without its action having been used. What can be undone is kept until
   * then, and done for good here.
   */
  settle?: () => void;
}

export interface Shown extends NoticeWish {
  readonly id: number;
}

export class Notices {
  #shown = $state.raw<readonly Shown[]>([]);
  #next = 1;
  #held = false;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Oldest first. */
  get shown(): readonly Shown[] {
    return this.#shown;
  }

  /** Shows a notice; the id puts it away. */
  show(wish: NoticeWish): number {
    const shown = { ...wish, id: this.#next };
    this.#next += 1;
    this.#shown = [...this.#shown, shown];
    this.#start(shown);
    return shown.id;
  }

  /** Says what was done and offers to undo it; `settle` does for good what could be undone. */
  offerUndo(text: string, undo: () => void, settle?: () => void): number {
    return this.show({
      text,
      action: { label: "Undo", run: undo },
      ...(settle && { settle }),
    });
  }

  /** Puts a notice away; one that has gone already is no fault. */
  dismiss(id: number): void {
    this.#take(id)?.settle?.();
  }

  /** Uses the notice's action and puts it away. */
  act(id: number): void {
    this.#take(id)?.action?.run();
  }

  /** While someone points at the notices or has the focus in them, none of them leaves. */
  hold(): void {
    this.#held = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    for (const shown of this.#shown) this.#start(shown);
  }

  #start({ id, stays = false, tone, action }: Shown): void {
    if (this.#held || stays || tone === "bad") return;
    const timer = setTimeout(
      () => {
        this.dismiss(id);
      },
      action ? withAction : usual,
    );
    this.#timers.set(id, timer);
  }

  #take(id: number): Shown | undefined {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const taken = this.#shown.find((shown) => shown.id === id);
    this.#shown = this.#shown.filter((shown) => shown.id !== id);
    return taken;
  }
}

/** `useNotices` throws outside of a component below the one that called `provideNotices`. */
export const [useNotices, provideNotices] = provided<Notices>(
  "There are no notices here. Call provideNotices in a component above.",
);
