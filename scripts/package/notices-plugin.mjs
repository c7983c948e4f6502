/**
 * Vite's part in the licence notices: `licences.json` beside the page, for the window and the browser alike. A built
 * page holds it as a file; under `npm run dev` it is made when it is asked for.
 */
import { collectNotices } from "./notices.mjs";

const FILE = "licences.json";

/** @param {string} root project folder @returns {import("vite").Plugin} */
export function licenceNotices(root) {
  const source = () => JSON.stringify(collectNotices(root));
  return {
    name: "licence-notices",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: FILE, source: source() });
    },
    configureServer(server) {
      server.middlewares.use(`/${FILE}`, (_request, response) => {
        response.setHeader("content-type", "application/json; charset=utf-8");
        response.end(source());
      });
    },
  };
}
