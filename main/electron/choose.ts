/** The system's dialogs for files and folders; the page says what for, the words are here. */
import type { BrowserWindow, Dialog, OpenDialogOptions } from "electron";
import type { Choice } from "../contract/desktop.ts";

interface Asked {
  title: string;
  button: string;
  isFolder?: true;
  filters?: { name: string; extensions: string[] }[];
}

const allFiles = { name: "All files", extensions: ["*"] };

const dialogs: Readonly<Record<Exclude<Choice, "export folder">, Asked>> = {
  "data folder": { title: "Folder of pictures or data files", button: "Choose", isFolder: true },
  "data file": {
    ...{ title: "Data file", button: "Choose" },
    filters: [
      { name: "Data", extensions: ["zip", "gz", "csv", "npy", "npz", "idx", "idx3-ubyte"] },
      allFiles,
    ],
  },
  bundle: {
    ...{ title: "Run file", button: "Choose" },
    filters: [{ name: "GAN Studio run", extensions: ["ganrun"] }, allFiles],
  },
  "model file": {
    ...{ title: "Exported generator", button: "Choose" },
    filters: [{ name: "Exported generator", extensions: ["safetensors", "json"] }, allFiles],
  },
  "feature network": {
    ...{ title: "Network for features", button: "Choose" },
    filters: [{ name: "ONNX file or model.json", extensions: ["onnx", "json"] }, allFiles],
  },
  "model folder": { title: "Folder of an export", button: "Choose", isFolder: true },
  "tensorflow folder": { title: "Folder of a TensorFlow", button: "Choose", isFolder: true },
};

export interface Chooser {
  dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog">;
  /** The window that the dialog belongs to; null where none is open. */
  window: () => BrowserWindow | null;
}

/** The chosen path, or null. `name` is what a new folder is called at first. */
export async function choosePath(
  { dialog, window }: Chooser,
  what: Choice,
  name = "export",
): Promise<string | null> {
  const owner = window();
  if (what === "export folder") {
    // A new folder is named like a file: the system's dialogs for folders choose only among those there.
    const options = {
      ...{ title: "Name of the new folder", buttonLabel: "Use", defaultPath: name },
      properties: ["createDirectory" as const],
    };
    const { canceled, filePath } = await (owner
      ? dialog.showSaveDialog(owner, options)
      : dialog.showSaveDialog(options));
    return canceled || filePath === "" ? null : filePath;
  }
  const { title, button, isFolder, filters } = dialogs[what];
  const options: OpenDialogOptions = {
    ...{ title, buttonLabel: button },
    properties: [isFolder ? "openDirectory" : "openFile", "dontAddToRecent"],
    ...(filters && { filters }),
  };
  const { canceled, filePaths } = await (owner
    ? dialog.showOpenDialog(owner, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
