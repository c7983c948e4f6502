/**
 * Which engines a test can run on. In CI every engine must be there; elsewhere a missing one is
 * skipped, and the suite's name says so.
 */
import { loadBackend, type EngineName } from "../../main/engine/backend/backend.ts";

const found = new Map<EngineName, string | null>();
for (const name of ["tensorflow", "wasm"] as const) {
  try {
    await loadBackend(name);
    found.set(name, null);
  } catch (thrown) {
    if (process.env.CI) throw thrown;
    found.set(name, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

export interface EngineUnderTest {
  name: EngineName;
  /** For suite names: tells aloud when the engine is missing. */
  title: string;
  missing: boolean;
}

export const engines: EngineUnderTest[] = [...found].map(([name, reason]) => ({
  name,
  title: reason === null ? name : `${name} (not run: ${reason})`,
  missing: reason !== null,
}));
