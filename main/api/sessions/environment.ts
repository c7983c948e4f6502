/**
 * The environment of a session's process: what finding libraries and temporary folders needs, and
 * no more, so that tokens and keys of the owner's environment do not travel.
 */
import { loaderEnvironment } from "./tensorflow-folder.ts";

const passedOn =
  /^(PATH|HOME|USERPROFILE|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|APPDATA|LOCALAPPDATA|LD_LIBRARY_PATH|DYLD_.*|CUDA_.*|NVIDIA_.*|TF_.*|OMP_.*|XLA_.*|MALLOC_.*|GAN_STUDIO_DEBUG|GAN_STUDIO_FAILPOINT|GAN_STUDIO_FAILPOINT_UNTIL|NODE_ENV|GAN_STUDIO_TENSORFLOW|NODE_V8_COVERAGE)$/i;

export function sessionEnvironment(
  own: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const environment = Object.fromEntries(
    Object.entries(own).filter(([name]) => passedOn.test(name)),
  );
  // TensorFlow prints a page of start-up lines otherwise.
  return { TF_CPP_MIN_LOG_LEVEL: "2", ...environment, ...loaderEnvironment(own, platform) };
}
