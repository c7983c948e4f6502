/** The names under which page and main process speak; both sides import this one list. */

/** Commands and their answers. */
export const invokeChannel = "gan-studio:invoke";
/** Events, from the main process to the page. */
export const eventChannel = "gan-studio:event";
/** What the page asks of its window, and the answers. */
export const desktopChannel = "gan-studio:desktop";
/** Tells the page, without a word more, that something is wished of it. */
export const wishChannel = "gan-studio:wish";

/** What answers a command: errors cross as data, because a bridge strips an error of its code. */
export type Reply = { result: unknown } | { error: { code: string; message: string } };

export interface Announcement {
  event: string;
  detail: unknown;
}

/** Where the page lives. A scheme of our own has an origin, which files have not. */
export const pageScheme = "app";
export const pageHost = "studio";
export const pageOrigin = `${pageScheme}://${pageHost}`;

/** Whether an address or an origin is our own page's. */
export function isPageAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${pageScheme}:` && url.host === pageHost;
}
