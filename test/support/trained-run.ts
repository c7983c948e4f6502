/** A run that was trained to its end, on the portable engine. */
import type { Api } from "../../main/api/api.ts";
import type { RunSummary } from "../../main/contract/runs.ts";
import type { Specification } from "../../main/spec/specification.ts";

/** As it is then. Rejects with the run's reason when it failed. */
export async function trainedRun(api: Api, specification: Specification): Promise<RunSummary> {
  const { id } = await api.invoke("runs.start", { specification, engine: "wasm" });
  return new Promise((resolve, reject) => {
    const stop = api.subscribe("run.changed", (run) => {
      if (run.id !== id || (run.status !== "finished" && run.status !== "failed")) return;
      stop();
      if (run.status === "finished") resolve(run);
      else reject(new Error(run.reason ?? "failed"));
    });
  });
}
