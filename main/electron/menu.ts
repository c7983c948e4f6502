/** The least menu that leaves copy and paste, zoom and quitting where each system has them. */
import type { MenuItemConstructorOptions } from "electron";

export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions = {
    label: "View",
    submenu: [
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "togglefullscreen" },
    ],
  };
  const common: MenuItemConstructorOptions[] = [{ role: "editMenu" }, view, { role: "windowMenu" }];
  return platform === "darwin"
    ? [{ role: "appMenu" }, ...common]
    : [{ label: "File", submenu: [{ role: "quit" }] }, ...common];
}
