/** Child process: opens a data folder and closes it again. */
import { openHome } from "../../../../main/store/home.ts";

const [folder = ""] = process.argv.slice(2);
openHome(folder).close();
