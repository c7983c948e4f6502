/** A data folder for one test. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openHome, type Home } from "../../../../main/store/home.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** Opens a new one, or `folder` again; closed when the test has ended. */
export function openExample(folder = join(temporaryFolder(), "home")): Home {
  const home = openHome(folder);
  onTestFinished(() => {
    home.close();
  });
  return home;
}
