/** Something that can be done from the palette, and which of many fit what was typed. */
import { fuzzyMatch } from "./fuzzy.ts";

export interface Command {
  /** Stable and unique among all that are offered together. */
  id: string;
  title: string;
  /** The heading that it stands under. */
  group: string;
  /** Words that find it too, and are not shown. */
  keywords?: string;
  /** Shown small beside the title. */
  detail?: string;
  /** Keys that do the same, as they are shown. */
  keys?: readonly string[];
  run: () => void;
}

export interface Found {
  command: Command;
  /** Places of the title to be marked. */
  places: readonly number[];
}

/** What a keyword is worth: less than the start of a title, more than letters apart. */
const keywordScore = 10;

/** Those that fit, best first; without a query all, as they came. At most `most`. */
export function findCommands(query: string, commands: readonly Command[], most: number): Found[] {
  if (query.trim() === "")
    return commands.slice(0, most).map((command) => ({ command, places: [] }));
  return commands
    .flatMap((command) => {
      const title = fuzzyMatch(query, command.title);
      if (title) return [{ command, places: title.places, score: title.score }];
      // Of words that nobody sees only whole beginnings count: letters apart would look like mistakes.
      const words = command.keywords?.toLowerCase().split(" ") ?? [];
      const isKnown = words.some((word) => word.startsWith(query.trim().toLowerCase()));
      return isKnown ? [{ command, places: [], score: keywordScore }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ command, places }) => ({ command, places }));
}

export interface Piece {
  text: string;
  isMatch: boolean;
}

/** A title in pieces that were matched or not, for marking. */
export function piecesOf(title: string, places: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  for (let place = 0; place < title.length; place += 1) {
    const isMatch = places.includes(place);
    const last = pieces.at(-1);
    if (last?.isMatch === isMatch) last.text += title[place] ?? "";
    else pieces.push({ text: title[place] ?? "", isMatch });
  }
  return pieces;
}
