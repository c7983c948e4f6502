/** The page's entry: find the program, show the studio. */
import { mount } from "svelte";
import "./app.css";
import { exchangeToken, tokenIn } from "./shared/transport/access.ts";
import { createBridgeTransport, type Bridge } from "./shared/transport/bridge.ts";
import { createHttpTransport } from "./shared/transport/http.ts";
import type { PageTransport } from "./shared/transport/page-transport.ts";
import App from "./views/App.svelte";

declare global {
  interface Window {
    /** Set by the desktop app's preload script, absent in a browser. */
    ganStudio?: Bridge;
  }
}

async function openTransport(): Promise<PageTransport> {
  if (window.ganStudio) return createBridgeTransport(window.ganStudio);
  const base = new URL(location.origin);
  await getIn(base);
  return createHttpTransport(base);
}

async function getIn(base: URL): Promise<void> {
  const token = tokenIn(location.hash);
  if (token === null) return;
  // Out of the address bar first: it must not stay there when the exchange fails.
  history.replaceState(null, "", location.pathname + location.search);
  // Refused or unreachable, the first command finds out and the page says so.
  await exchangeToken(base, token).catch(() => false);
}

const target = document.querySelector("#app");
if (target) mount(App, { target, props: { transport: await openTransport() } });

// The printed address, pasted where the page is already open, changes only the fragment.
window.addEventListener("hashchange", () => {
  if (tokenIn(location.hash) !== null) location.reload();
});
