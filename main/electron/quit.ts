/** Quitting waits until every run is saved, but not for ever. */
import type { App } from "electron";

/** The api itself gives sessions less than this. */
const patienceMilliseconds = 10_000;

/** `close` is called once, however often quitting is asked for; the app ends when it has settled. */
export function closeBeforeQuit(
  app: Pick<App, "on" | "quit" | "exit">,
  close: () => Promise<void>,
): void {
  let state: "open" | "closing" | "closed" = "open";
  const quit = () => {
    if (state === "closed") return;
    state = "closed";
    app.quit();
  };
  app.on("before-quit", (event) => {
    if (state === "closed") return;
    event.preventDefault();
    if (state === "closing") return;
    state = "closing";
    setTimeout(quit, patienceMilliseconds).unref();
    close().then(quit, (thrown: unknown) => {
      console.error(thrown);
      quit();
    });
  });
}
