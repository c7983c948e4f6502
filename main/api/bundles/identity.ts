/** Whether a run that comes in a bundle is here already, and under which id it is taken in. */
import { createHash } from "node:crypto";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { isTaken } from "../../store/arrivals.ts";
import { isInBin } from "../../store/bin.ts";
import { listCheckpoints } from "../../store/checkpoints.ts";
import type { Home } from "../../store/home.ts";
import { getRun, getSpecification, type RunRow } from "../../store/runs.ts";
import { listSamples } from "../../store/samples.ts";
import { filesOf, invalidBundle, type Manifest } from "./manifest.ts";
import { encodeMeasurements } from "./measurements-file.ts";

export type Identity = { known: RunRow } | { known: null; id: string };

/**
 * A run that has the bundle's very content, or an id that is free: the run's own, or one that ends in a
 * digest of the content, so that the same bundle finds itself again. Throws `run.state` when the run
 * is in the bin, `bundle.invalid` for what is no id.
 */
export function identify(home: Home, manifest: Manifest, path: string): Identity {
  const { id } = manifest.run;
  const digest = digestOf(manifest);
  const ending = `-${digest.slice(0, 6)}`;
  const longer = `-${digest.slice(0, 16)}`;
  const candidates = [id, withEnding(id, ending), withEnding(id, longer)];
  for (const candidate of candidates) {
    if (!isFree(home, candidate, path)) {
      if (isInBin(home, candidate)) {
        throw new Problem(
          "run.state",
          `The run ${candidate} is in the bin; restore it, or wait until it is gone, to import ${path}.`,
        );
      }
      const known = sameRun(home, candidate, manifest);
      if (known) return { known };
    } else return { known: null, id: candidate };
  }
  throw new Problem(
    "run.state",
    `${path} was imported before and its run was trained on since; it is ${withEnding(id, longer)}. Delete that one to import it anew.`,
  );
}

const withEnding = (id: string, ending: string): string =>
  `${id.slice(0, 64 - ending.length)}${ending}`;

function isFree(home: Home, id: string, path: string): boolean {
  try {
    return !isTaken(home, id);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "run.unknown")
      throw invalidBundle(path, "the run in it has no id that can be used", thrown);
    throw thrown;
  }
}

function digestOf(manifest: Manifest): string {
  const sums = filesOf(manifest).map(({ file, sha256 }) => [file, sha256]);
  const what = [contentOf(manifest.run.specification), sums];
  return createHash("sha256").update(JSON.stringify(what)).digest("hex");
}

/** The data set may lie elsewhere here. */
const contentOf = ({ data, ...rest }: Specification): string =>
  JSON.stringify({ ...rest, data: { ...data, source: null } });

/** Null when the run here is another one, or has gone on since. */
function sameRun(home: Home, id: string, manifest: Manifest): RunRow | null {
  let run: RunRow;
  try {
    run = getRun(home, id);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "run.unknown") return null;
    throw thrown;
  }
  if (run.step !== manifest.place.step) return null;
  // Parsed, as the bundle's is: a later version may know more fields, with defaults.
  const specification = parseSpecification(getSpecification(home, id));
  if (contentOf(specification) !== contentOf(manifest.run.specification)) return null;
  const here = new Set(
    [...listSamples(home, id), ...listCheckpoints(home, id)].map(({ sha256 }) => sha256),
  );
  const files = [...manifest.samples, ...manifest.checkpoints];
  if (!files.every(({ sha256 }) => here.has(sha256))) return null;
  const hash = createHash("sha256");
  for (const piece of encodeMeasurements(home, id)) hash.update(piece);
  return hash.digest("hex") === manifest.measurements.sha256 ? run : null;
}
