/**
 * The Python that tests ask other frameworks with: GAN_STUDIO_PYTHON, else `python3`. A suite that
 * needs modules which it lacks is skipped, and its name says so.
 */
import { spawnSync } from "node:child_process";

export const python = process.env.GAN_STUDIO_PYTHON ?? "python3";

/** Which of the modules it does not find; all of them where there is no Python. */
export function missingModules(modules: readonly string[], command = python): string[] {
  const program =
    "import importlib.util as u, sys; print(*[m for m in sys.argv[1:] if not u.find_spec(m)])";
  const { status, stdout } = spawnSync(command, ["-c", program, ...modules], { encoding: "utf8" });
  return status === 0 ? stdout.split(/\s+/).filter((name) => name !== "") : [...modules];
}
