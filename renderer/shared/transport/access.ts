/**
 * How a browser gets in: the address printed by the server carries a token in its fragment, which
 * never travels. The page trades it once for a cookie and takes it out of the address bar, where
 * shoulders, bookmarks and history would keep it. Routes live in the fragment too (`#/runs/…`); a
 * token is told from them by its name.
 */

/** The token in a fragment such as `#token=abc`, or null. */
export function tokenIn(fragment: string): string | null {
  if (fragment.startsWith("#/")) return null;
  return new URLSearchParams(fragment.slice(1)).get("token");
}

/**
 * Trades the token for a cookie. True when the server took it; false when it refused it. Throws what
 * `fetch` throws when the server cannot be reached.
 */
export async function exchangeToken(base: URL, token: string): Promise<boolean> {
  const response = await fetch(new URL("/api/session", base), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return response.ok;
}
