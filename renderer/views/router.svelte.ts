/** The present route, kept current with the address bar. */
import { parseRoute, type Route } from "./routing.ts";

export class Router {
  #route = $state.raw<Route>(parseRoute(location.hash));

  get route(): Route {
    return this.#route;
  }

  /** Follows the address until the returned function is called. */
  open(): () => void {
    const follow = () => {
      this.#route = parseRoute(location.hash);
    };
    window.addEventListener("hashchange", follow);
    return () => {
      window.removeEventListener("hashchange", follow);
    };
  }
}

/** The address of what is shown already, for a reload: nothing is opened, and «back» passes it by. */
export const keepAddress = (address: string): void => {
  history.replaceState(history.state, "", address);
};

/**
 * The same for what changes many times a second, as while something is dragged: a browser that is told
 * of each change would listen to none. Returns what gives it up.
 */
export function keepAddressSoon(address: string): () => void {
  const timer = setTimeout(keepAddress, 100, address);
  return () => {
    clearTimeout(timer);
  };
}

export const goTo = (address: string): void => {
  location.hash = address;
};
