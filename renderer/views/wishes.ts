/** Does in the page what menus, opened files and notifications of the desktop app wish. */
import type { Wish, WishedScreen } from "../../main/contract/desktop.ts";
import { reportOf } from "../../main/spec/problem.ts";
import type { Desktop } from "../shared/transport/desktop.ts";
import { addresses } from "./routing.ts";

export interface WishActs {
  goTo: (address: string) => void;
  /** Shows the import of this run file. */
  importRun: (path: string) => void;
  showPalette: () => void;
  showShortcuts: () => void;
}

const addressOf: Readonly<Record<WishedScreen, string>> = {
  runs: addresses.runs,
  new: addresses.new,
  compare: addresses.compare([]),
  explore: addresses.exploreAny,
  data: addresses.data,
  export: addresses.export,
  settings: addresses.settings,
  help: addresses.help,
};

/** Fetches what is wished now and whenever there is more, until the returned function is called. */
export function followWishes(desktop: Desktop, acts: WishActs): () => void {
  const fetch = async () => {
    try {
      const { wishes } = await desktop.ask("desktop.wishes", {});
      for (const wish of wishes) fulfil(wish, acts);
    } catch (thrown) {
      // The app is ending; nobody waits for this any more.
      console.warn(reportOf(thrown).message);
    }
  };
  void fetch();
  return desktop.onWish(() => void fetch());
}

function fulfil(wish: Wish, { goTo, importRun, showPalette, showShortcuts }: WishActs): void {
  switch (wish.kind) {
    case "show":
      goTo(addressOf[wish.screen]);
      return;
    case "run":
      goTo(addresses.run(wish.id));
      return;
    case "import":
      importRun(wish.path);
      return;
    case "palette":
      showPalette();
      return;
    case "shortcuts":
      showShortcuts();
  }
}
