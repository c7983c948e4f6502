/** What the palette offers: the screens, a run of every preset, the themes, the list of keys. */
import type { RunSummary } from "../../main/contract/runs.ts";
import { presets, type Preset } from "../../main/spec/presets.ts";
import type { Command } from "../commands/command.ts";
import type { Place } from "../commands/keys.ts";
import { goKeys } from "../commands/shortcuts.ts";
import { statusLook } from "../shared/status.ts";
import type { ThemeChoice } from "../shared/theme.svelte.ts";
import { addresses } from "./routing.ts";

export const addressOf: Readonly<Record<Place, string>> = {
  runs: addresses.runs,
  new: addresses.new,
  compare: addresses.compare([]),
  explore: addresses.exploreAny,
  export: addresses.export,
  data: addresses.data,
  settings: addresses.settings,
};

export interface Acts {
  goTo: (address: string) => void;
  start: (preset: Preset) => void;
  chooseTheme: (choice: ThemeChoice) => void;
  showShortcuts: () => void;
  showHelp: () => void;
}

const screens: readonly { place: Place; title: string; keywords: string }[] = [
  { place: "runs", title: "Runs", keywords: "history home" },
  { place: "new", title: "Design a new run", keywords: "train networks layers preset create" },
  { place: "compare", title: "Compare runs", keywords: "difference side by side" },
  { place: "explore", title: "Explore a generator", keywords: "sliders latent samples nearest" },
  {
    place: "export",
    title: "Export a network",
    keywords: "onnx keras pytorch tfjs safetensors html weights model open import",
  },
  { place: "data", title: "Data", keywords: "data sets images import download mnist" },
  { place: "settings", title: "Settings", keywords: "engine device folder about licence speed" },
];

const themes: readonly { choice: ThemeChoice; title: string }[] = [
  { choice: "light", title: "Light theme" },
  { choice: "dark", title: "Dark theme" },
  { choice: "system", title: "Theme as the system" },
];

export function studioCommands({
  goTo,
  start,
  chooseTheme,
  showShortcuts,
  showHelp,
}: Acts): Command[] {
  return [
    ...screens.map(({ place, title, keywords }) => ({
      ...{ id: `go.${place}`, title, keywords, group: "Go to", keys: goKeys[place] },
      run: () => {
        goTo(addressOf[place]);
      },
    })),
    ...presets.map((preset) => ({
      ...{ id: `train.${preset.id}`, title: `Train ${preset.title}`, group: "Start a preset" },
      keywords: `${preset.id} ${preset.source} start new run`,
      run: () => {
        start(preset);
      },
    })),
    ...themes.map(({ choice, title }) => ({
      ...{ id: `theme.${choice}`, title, group: "Appearance", keywords: "colours dark light" },
      run: () => {
        chooseTheme(choice);
      },
    })),
    {
      ...{ id: "shortcuts", title: "Keyboard shortcuts", group: "Help", keys: ["?"] },
      run: showShortcuts,
    },
    {
      ...{ id: "help", title: "Help", group: "Help", keywords: "documentation words glossary" },
      run: showHelp,
    },
  ];
}

/** Opens a run. */
export const runCommand =
  (goTo: Acts["goTo"]) =>
  (run: RunSummary): Command => ({
    id: `run.${run.id}`,
    title: run.name,
    group: "Runs",
    detail: statusLook[run.status].label,
    keywords: `${run.id} ${run.preset ?? ""} ${run.dataset}`,
    run: () => {
      goTo(addresses.run(run.id));
    },
  });
