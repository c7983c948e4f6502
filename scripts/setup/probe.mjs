/** Asks whether a host answers at all, before a download that could hang is begun. */
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { connect } from "node:net";

const UNREACHABLE =
  /^(ENOTFOUND|EAI_\w+|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|ETIMEDOUT|EPIPE)$/;

/** @param {Error & { code?: string, errors?: unknown[] }} error several when a name has several addresses */
function isUnreachable(error) {
  return error.errors !== undefined || error.code === undefined || UNREACHABLE.test(error.code);
}

/**
 * @param {string} address an http(s) address
 * @param {number} seconds
 * @param {Record<string, string | undefined>} environment where a proxy may be named
 * @returns {Promise<boolean>} true for any answer, also a refusal of the path
 */
export function hostAnswers(address, seconds, environment = process.env) {
  const proxy = environment.HTTPS_PROXY ?? environment.https_proxy;
  return new Promise((resolve) => {
    const clock = setTimeout(resolve, seconds * 1000, false);
    /** @param {boolean} answer */
    const settle = (answer) => {
      clearTimeout(clock);
      resolve(answer);
    };
    try {
      const url = new URL(proxy || address);
      if (proxy) {
        // Through a proxy only the proxy can be asked cheaply; the download's own time limit covers the rest.
        const socket = connect(Number(url.port) || 80, url.hostname);
        socket.once("connect", () => (socket.destroy(), settle(true)));
        socket.once("error", () => settle(false));
        setTimeout(() => socket.destroy(), seconds * 1000).unref();
        return;
      }
      const request = url.protocol === "http:" ? requestPlain : requestSecure;
      const call = request(url, { method: "HEAD", timeout: seconds * 1000 }, (response) => {
        response.resume();
        call.destroy();
        settle(true);
      });
      call.on("timeout", () => call.destroy());
      // A certificate that is not trusted here is an answer too: the program that downloads may trust it.
      call.on("error", (error) => settle(!isUnreachable(error)));
      call.on("close", () => settle(false));
      setTimeout(() => call.destroy(), seconds * 1000).unref();
      call.end();
    } catch {
      settle(false);
    }
  });
}
