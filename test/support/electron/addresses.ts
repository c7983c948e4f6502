/**
 * Addresses of schemes that Chromium does not know. `app://studio/x` travels as
 * `http://studio.app.localhost/x`, which is a secure context as well, and is answered by the handler
 * that the app gave for its scheme.
 */

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (scheme: string, handler: Handler) => {
    handlers.set(scheme, handler);
  },
};

export function toWeb(address: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(address);
  if (!handlers.has(scheme.slice(0, -1))) return address;
  return `http://${host}.${scheme.slice(0, -1)}.localhost${pathname}${search}${hash}`;
}

export function fromWeb(address: string): string {
  const url = URL.parse(address);
  const [, host, scheme] = /^(.+)\.([a-z]+)\.localhost$/.exec(url?.hostname ?? "") ?? [];
  if (!url || !scheme || !handlers.has(scheme)) return address;
  return `${scheme}://${host ?? ""}${url.pathname}${url.search}${url.hash}`;
}

/** The app's answer, or null for an address that is not one of its schemes. */
export async function answerOf(
  address: string,
  method: string,
  headers: Record<string, string>,
): Promise<Response | null> {
  const own = fromWeb(address);
  const handler = own === address ? undefined : handlers.get(new URL(own).protocol.slice(0, -1));
  return handler ? handler(new Request(own, { method, headers })) : null;
}
