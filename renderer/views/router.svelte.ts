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

export const goTo = (address: string): void => {
  location.hash = address;
};
