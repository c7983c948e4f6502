/** Child process: opens a data folder and keeps it, or says why it could not. */
import { reportOf } from "../../../../main/spec/problem.ts";
import { openHome } from "../../../../main/store/home.ts";

const [folder = ""] = process.argv.slice(2);
try {
  const home = openHome(folder);
  process.stdout.write(`open ${home.folder}\n`);
} catch (thrown) {
  process.stdout.write(`${reportOf(thrown).code}\n`);
}
setInterval(() => undefined, 1000);
