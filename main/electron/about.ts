/** What «About» says: the version, what trains here, what it runs on, and the licence. */
import type { MessageBoxOptions } from "electron";
import type { SystemDescription } from "../contract/system.ts";

export interface AboutFacts {
  version: string;
  /** Null where the machine could not be described. */
  system: Pick<SystemDescription, "engineVersion" | "device" | "home"> | null;
  versions: Readonly<Record<string, string | undefined>>;
}

export function aboutBox({ version, system, versions }: AboutFacts): MessageBoxOptions {
  const { electron = "", chrome = "", node = "" } = versions;
  const engine = system
    ? [`Engine: ${system.engineVersion}`, `Device: ${system.device}`, `Data: ${system.home}`]
    : ["Engine: none could be loaded; Settings says why."];
  return {
    ...{ type: "info", title: "About GAN Studio", noLink: true },
    message: `GAN Studio ${version}`,
    detail: [
      ...[...engine, `Electron ${electron}, Chromium ${chrome}, Node ${node}`, ""],
      ...["MIT licence, © 2026 The GAN Studio authors", "Nothing leaves this machine."],
    ].join("\n"),
    buttons: ["OK", "Licence"],
    ...{ defaultId: 0, cancelId: 0 },
  };
}
