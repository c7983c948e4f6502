/**
 * Browsers that have shown the token. A session is a random value in a cookie that no script can read
 * and no other site can send; it lives as long as the server.
 */
import { createSecret, sameSecret } from "./secrets.ts";

/** Far more tabs than one person opens; beyond it the oldest session ends. */
const sessionLimit = 64;

export interface Sessions {
  /** The value of the `Set-Cookie` header of a new session. */
  open(port: number): string;
  /** Whether a `Cookie` header carries a session of this server. */
  accepts(cookieHeader: string | undefined, port: number): boolean;
}

// Cookies are shared between the ports of a host, so two servers need two names.
const cookieName = (port: number): string => `gan-studio-${port}`;

export function createSessions(): Sessions {
  const values: string[] = [];
  return {
    open(port) {
      const value = createSecret();
      values.push(value);
      if (values.length > sessionLimit) values.shift();
      return `${cookieName(port)}=${value}; HttpOnly; SameSite=Strict; Path=/`;
    },
    accepts(cookieHeader, port) {
      const prefix = `${cookieName(port)}=`;
      const shown = (cookieHeader ?? "")
        .split(";")
        .map((part) => part.trim())
        .filter((part) => part.startsWith(prefix))
        .map((part) => part.slice(prefix.length));
      return shown.some((value) => values.some((known) => sameSecret(known, value)));
    },
  };
}
