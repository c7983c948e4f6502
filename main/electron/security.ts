/** Denies what the page never needs: leaving its address, further windows, embedded pages, permissions. */
import type { App, Session } from "electron";
import { isPageAddress } from "./channels.ts";

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

/** All but what copying needs, which is our own page's alone. */
export function denyPermissions(
  session: Pick<
    Session,
    "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler"
  >,
): void {
  // Chromium asks for it before the page may copy text, which it may only when a button was pressed.
  const isCopying = (permission: string, address: string | undefined) =>
    permission === "clipboard-sanitized-write" && isPageAddress(address ?? "");
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(isCopying(permission, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isCopying(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
}
