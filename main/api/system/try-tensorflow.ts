/**
 * Whether a TensorFlow that was named can be used: a session of its own loads it, since a library that
 * does not fit can end a process.
 */
import { realpathSync } from "node:fs";
import { platform } from "node:os";
import { isAbsolute } from "node:path";
import type { TensorflowChoice } from "../../contract/gpu.ts";
import { Problem } from "../../spec/problem.ts";
import type { OneShots } from "../sessions/one-shot.ts";
import { askEngine } from "./ask-engine.ts";
import { libraryFolder, libraryIn } from "../sessions/tensorflow-folder.ts";

/** Throws `usage` for a folder that holds none, or one that sessions cannot load; says why. */
export async function tryTensorflow(
  folder: string,
  oneShots: Pick<OneShots, "run">,
  system: NodeJS.Platform = platform(),
): Promise<void> {
  if (system !== "linux") {
    throw new Problem(
      "usage",
      "Another TensorFlow can be chosen while GAN Studio runs on Linux only; elsewhere set GAN_STUDIO_TENSORFLOW before «npm start», which builds what fits it.",
    );
  }
  const place = isAbsolute(folder) ? libraryFolder(folder) : null;
  if (place === null) {
    throw new Problem(
      "usage",
      `${folder} holds no TensorFlow library. Name the folder «tensorflow» of a Python package (below site-packages), or one of an unpacked libtensorflow, by its whole path.`,
    );
  }
  const environment = { GAN_STUDIO_TENSORFLOW: folder };
  const asked = askEngine(oneShots, "tensorflow", environment);
  const { library } = await asked.catch((thrown: unknown) => {
    const reason = thrown instanceof Problem ? thrown.message : String(thrown);
    throw new Problem(
      "usage",
      `The TensorFlow in ${place} does not load, so it is not used. ${reason}`,
    );
  });
  const wanted = libraryIn(place);
  // The system tells the path behind all links.
  if (wanted === null || library !== realpathSync(wanted)) {
    throw new Problem(
      "usage",
      `The TensorFlow in ${place} is not the one that sessions load (${library ?? "none"}): its library has another name than the one that GAN Studio was built with. Set GAN_STUDIO_TENSORFLOW to it before «npm start», which builds what fits it.`,
    );
  }
}

/** Throws `usage` where the environment has chosen already. */
export function requireNoOther({ from, folder }: Pick<TensorflowChoice, "from" | "folder">): void {
  if (from !== "environment") return;
  throw new Problem(
    "usage",
    `The variable GAN_STUDIO_TENSORFLOW names ${folder ?? ""}, and goes before Settings. Unset it and start GAN Studio again.`,
  );
}
