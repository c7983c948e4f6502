/**
 * The environment of a session's process: what finding libraries and temporary folders needs, and
 * no more, so that tokens and keys of the owner's environment do not travel.
 */
import { loaderEnvironment } from "./tensorflow-folder.ts";

const passedOn =
  /^(PATH|HOME|USERPROFILE|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|APPDATA|LOCALAPPDATA|LD_LIBRARY_PATH|DYLD_.*|CUDA_.*|NVIDIA_.*|TF_.*|OMP_.*|XLA_.*|MALLOC_.*|GAN_STUDIO_DEBUG|GAN_STUDIO_FAILPOINT|GAN_STUDIO_FAILPOINT_UNTIL|NODE_ENV|GAN_STUDIO_TENSORFLOW|NODE_V8_COVERAGE)$/i;

/** What a person may set otherwise. */
const usual = {
  // TensorFlow prints a page of start-up lines otherwise.
  TF_CPP_MIN_LOG_LEVEL: "2",
  // NVIDIA's newer processors round factors to 10 bits (TF32) unless told not to: far from the numbers of
  // the references and of other engines, which exports and evaluations are held to.
  NVIDIA_TF32_OVERRIDE: "0",
};

export function sessionEnvironment(
  own: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const environment = Object.fromEntries(
    Object.entries(own).filter(([name]) => passedOn.test(name)),
  );
  return { ...usual, ...environment, ...loaderEnvironment(own, platform) };
}
