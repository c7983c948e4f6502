/**
 * Where the data folder is, for every shell alike, so that the desktop app and the command line show
 * the same runs. Pure: the machine's facts are arguments.
 */
import { posix, win32 } from "node:path";

export interface Surroundings {
  /** From `--home`, where it was given. */
  home?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** The person's own folder. */
  userFolder: string;
  /** What relative paths are relative to. */
  folder: string;
}

/** `--home`, else GAN_STUDIO_HOME, else the platform's usual place; always absolute. */
export function homeFolder(surroundings: Surroundings): string {
  const { home, environment, platform, folder } = surroundings;
  const path = platform === "win32" ? win32 : posix;
  const named = home ?? environment.GAN_STUDIO_HOME;
  return named ? path.resolve(folder, named) : usualPlace(surroundings);
}

function usualPlace({ environment, platform, userFolder }: Surroundings): string {
  if (platform === "win32") {
    // Not the roaming folder: checkpoints are gigabytes.
    const local = environment.LOCALAPPDATA ?? win32.join(userFolder, "AppData", "Local");
    return win32.join(local, "GAN Studio");
  }
  if (platform === "darwin") {
    return posix.join(userFolder, "Library", "Application Support", "GAN Studio");
  }
  const named = environment.XDG_DATA_HOME;
  // The XDG specification has relative paths ignored.
  const data = named?.startsWith("/") ? named : posix.join(userFolder, ".local", "share");
  return posix.join(data, "gan-studio");
}
