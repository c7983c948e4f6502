/** What an event changes in what the page knows of a run. Late and repeated events change nothing. */
import type { RunDetail, RunEvent, RunSummary, Sample } from "../../main/contract/runs.ts";

/** An answer can be overtaken by an event that was sent after it: the newer one stays. */
export const withSummary = (detail: RunDetail, run: RunSummary): RunDetail =>
  run.updatedAt < detail.run.updatedAt ? detail : { ...detail, run };

/** Samples stay in order of steps; a step drawn again replaces the old grid. */
export const withSample = (detail: RunDetail, sample: Sample): RunDetail => ({
  ...detail,
  samples: [...detail.samples.filter(({ step }) => step !== sample.step), sample].sort(
    (a, b) => a.step - b.step,
  ),
});

export function withEvent(detail: RunDetail, event: RunEvent): RunDetail {
  const known = detail.events.some(
    ({ at, step, kind, detail: words }) =>
      at === event.at && step === event.step && kind === event.kind && words === event.detail,
  );
  return known ? detail : { ...detail, events: [...detail.events, event] };
}
