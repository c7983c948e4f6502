/** Imports a bundle and ends: a program that tests can have killed on its way. */
import { openApi } from "../../../../main/api/open.ts";

const [home = "", path = ""] = process.argv.slice(2);
const api = await openApi({ home });
await api.invoke("runs.import", { path });
await api.close();
