/** The present route, kept current with the address bar, handed down the component tree. */
import { provided } from "../shared/provided.ts";
import { parseRoute, type Route } from "./routing.ts";

export class Router {
  /** The fragment that is shown; the address bar is ahead of it until the browser tells of a change. */
  #followed = location.hash;
  #route = $state.raw<Route>(parseRoute(this.#followed));

  get route(): Route {
    return this.#route;
  }

  /** Follows the address until the returned function is called. */
  open(): () => void {
    const follow = () => {
      this.#followed = location.hash;
      this.#route = parseRoute(this.#followed);
    };
    window.addEventListener("hashchange", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
    };
  }

  /** The address of what is shown already, for a reload: nothing is opened, and «back» passes it by. */
  keep(address: string): void {
    // Whoever has just gone elsewhere would be brought back by the screen that they leave.
    if (location.hash !== this.#followed) return;
    history.replaceState(history.state, "", address);
    this.#followed = location.hash;
  }

  /**
   * The same for what changes many times a second, as while something is dragged: a browser that is told
   * of each change would listen to none. Returns what gives it up.
   */
  keepSoon(address: string): () => void {
    const timer = setTimeout(() => {
      this.keep(address);
    }, 100);
    return () => {
      clearTimeout(timer);
    };
  }
}

export const goTo = (address: string): void => {
  location.hash = address;
};

/** `useRouter` throws outside of a component below the one that called `provideRouter`. */
export const [useRouter, provideRouter] = provided<Router>(
  "There is no router here. Call provideRouter in a component above.",
);
