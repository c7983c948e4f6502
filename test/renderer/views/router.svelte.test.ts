import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { goTo, Router } from "../../../renderer/views/router.svelte.ts";

/** Until the browser has told of the change of the fragment. */
const changed = () =>
  new Promise<void>((resolve) => {
    window.addEventListener(
      "hashchange",
      () => {
        resolve();
      },
      { once: true },
    );
  });

describe("the router", () => {
  beforeEach(() => {
    history.replaceState(null, "", "#/compare");
  });
  const opened = () => {
    const router = new Router();
    onTestFinished(router.open());
    return router;
  };

  it("follows the address", async () => {
    const router = opened();
    expect(router.route.screen).toBe("compare");
    goTo("#/data");
    await changed();
    expect(router.route.screen).toBe("data");
  });

  it("keeps the address of what is shown without opening it", () => {
    const router = opened();
    const { length } = history;
    router.keep("#/compare?runs=a,b");
    router.keep("#/compare?runs=a,b,c");
    expect(location.hash).toBe("#/compare?runs=a,b,c");
    expect(router.route).toMatchObject({ screen: "compare", ids: [] });
    expect(history.length).toBe(length);
  });

  it("brings nobody back to a screen that they are about to leave", async () => {
    const router = opened();
    goTo("#/data");
    // As by a timer of the screen, before the browser tells of the change.
    router.keep("#/compare?runs=a,b");
    expect(location.hash).toBe("#/data");
    await changed();
    expect(router.route.screen).toBe("data");
    router.keep("#/data?now");
    expect(location.hash).toBe("#/data?now");
  });
});
