/** Child process: commits one step after the other to a run and says each when it is stored. */
import { writeSync } from "node:fs";
import { commitProgress } from "../../../../main/store/commit.ts";
import { openHome } from "../../../../main/store/home.ts";
import { getRun } from "../../../../main/store/runs.ts";
import { epochCommit, measurement } from "./values.ts";

const [folder = ""] = process.argv.slice(2);
const home = openHome(folder);
for (let { step } = getRun(home, "run-1"); ;) {
  step++;
  const place = { step, epoch: step, now: step };
  const [sample] = epochCommit().samples;
  commitProgress(home, {
    ...epochCommit(),
    ...place,
    losses: { generator: step, discriminator: step },
    measurements: [measurement(step)],
    samples: sample ? [{ ...sample, step }] : [],
    events: [{ at: step, step, kind: "saved", detail: "" }],
  });
  // Not through a stream, which would keep what it has not written when the process is killed.
  writeSync(1, `${step}\n`);
}
