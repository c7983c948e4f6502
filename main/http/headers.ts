/**
 * What every answer says to the browser about itself. The page loads nothing from elsewhere, runs no
 * inline script and is shown in no frame; markup is set as HTML by Svelte's compiled templates alone.
 */
import { contentSecurityPolicy } from "../contract/content-security-policy.ts";

export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
};

/** Built files carry a hash of their content in their name; `index.html` names the current ones. */
export const cacheControlOf = (path: string): string =>
  /[\\/]assets[\\/]/.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
