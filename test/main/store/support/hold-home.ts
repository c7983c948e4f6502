/** Child process: opens a data folder and keeps it, or says why it could not. */
import { reportOf } from "../../../../main/spec/problem.ts";
import { openHome, type Home } from "../../../../main/store/home.ts";

const [folder = ""] = process.argv.slice(2);
let home: Home | undefined;
try {
  home = openHome(folder);
  process.stdout.write(`open ${home.folder}\n`);
} catch (thrown) {
  process.stdout.write(`${reportOf(thrown).code}\n`);
}
// A home that nothing holds may be collected, and its lock with it.
setInterval(() => home?.folder, 1000);
