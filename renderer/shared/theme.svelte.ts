/** Light, dark, or whatever the system says; remembered in this browser. */
import { provided } from "./provided.ts";
import { MediaQuery } from "svelte/reactivity";

const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const key = "gan-studio.theme";
const isChoice = (value: unknown): value is ThemeChoice =>
  themeChoices.includes(value as ThemeChoice);

export class Theme {
  #choice = $state.raw<ThemeChoice>("system");
  #systemIsDark = new MediaQuery("prefers-color-scheme: dark", false);

  constructor() {
    const stored = read();
    this.choose(isChoice(stored) ? stored : "system");
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** What is shown now; canvases, which CSS does not reach, draw again when it changes. */
  get shown(): "light" | "dark" {
    if (this.#choice !== "system") return this.#choice;
    return this.#systemIsDark.current ? "dark" : "light";
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    write(choice);
  }
}

// A browser may forbid storage; the choice then lasts as long as the page.
function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(choice: ThemeChoice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    return;
  }
}

/** `useTheme` throws outside of a component below the one that called `provideTheme`. */
export const [useTheme, provideTheme] = provided<Theme>(
  "There is no theme here. Call provideTheme in a component above.",
);
