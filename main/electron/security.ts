/** Denies what the page never needs: leaving its address, further windows, embedded pages, permissions. */
import type { App, Session } from "electron";

const navigations = ["will-navigate", "will-redirect", "will-frame-navigate"] as const;

/** For every page that is ever made, in whatever window. */
export function denyNavigation(app: Pick<App, "on">): void {
  app.on("web-contents-created", (_event, contents) => {
    for (const name of navigations) {
      // One name of three at a time, which the overloads of `on` cannot express.
      contents.on(name as "will-navigate", (event) => {
        event.preventDefault();
      });
    }
    contents.on("will-attach-webview", (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
  });
}

export function denyPermissions(
  session: Pick<
    Session,
    "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler"
  >,
): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
