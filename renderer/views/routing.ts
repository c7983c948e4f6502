/** Which screen an address shows. Routes live in the fragment, so that a reload stays where it was. */

import { lookOf, usualLook, wordsOf, type Look } from "../compare/look.ts";
import {
  lookOf as exploreLookOf,
  usualLook as usualExploreLook,
  wordsOf as wordsOfExploreLook,
  type Look as ExploreLook,
} from "../explore/look.ts";
import { queryOf, wishOf, type Wish } from "../runs/wish.ts";
import { parts as designParts, type Part as DesignPart } from "../design/places.ts";

/** What of a run is shown beside its charts; the first where none is asked for. */
export const runParts = ["images", "doctor", "quality", "again", "log"] as const;
export type RunPart = (typeof runParts)[number];

export type Route =
  | { screen: "runs"; wish: Wish }
  | { screen: "new"; from: string | null; forkAfter: number | null; part: DesignPart }
  | { screen: "run"; id: string; part: RunPart }
  | { screen: "group"; id: string }
  | { screen: "compare"; ids: string[]; look: Look }
  | { screen: "explore"; id: string | null; look: ExploreLook }
  | { screen: "export"; id: string | null }
  | { screen: "data" }
  | { screen: "settings" }
  | { screen: "help" }
  | { screen: "unknown" };

export function parseRoute(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  const [first = "", id, ...rest] = path.split("/").filter((part) => part !== "");
  if (rest.length > 0) return { screen: "unknown" };
  if (first === "runs" && id !== undefined)
    return { screen: "run", id, part: partOf(runParts, query) };
  if (first === "groups" && id !== undefined) return { screen: "group", id };
  if (first === "explore")
    return { screen: "explore", id: id ?? null, look: exploreLookOf(new URLSearchParams(query)) };
  if (first === "export") return { screen: "export", id: id ?? null };
  if (id !== undefined) return { screen: "unknown" };
  if (first === "" || first === "runs")
    return { screen: "runs", wish: wishOf(new URLSearchParams(query)) };
  if (first === "new") return newOf(query);
  if (first === "compare")
    return { screen: "compare", ids: idsOf(query), look: lookOf(new URLSearchParams(query)) };
  if (first === "data" || first === "settings" || first === "help") return { screen: first };
  return { screen: "unknown" };
}

function partOf<Part extends string>(parts: readonly [Part, ...Part[]], query: string): Part {
  const asked = new URLSearchParams(query).get("part");
  return parts.find((part) => part === asked) ?? parts[0];
}

/** A run whose settings are the start; with an epoch, what is started is its fork. */
function newOf(query: string): Route {
  const asked = new URLSearchParams(query);
  const epoch = asked.get("epoch") ?? "";
  const forkAfter = /^[1-9]\d{0,6}$/.test(epoch) ? Number(epoch) : null;
  return { screen: "new", from: asked.get("from"), forkAfter, part: partOf(designParts, query) };
}

/** Runs in the order in which they were chosen, each once. */
const idsOf = (query: string): string[] => [
  ...new Set((new URLSearchParams(query).get("runs") ?? "").split(",").filter((id) => id !== "")),
];

const withQuery = (address: string, query: string): string =>
  query === "" ? address : `${address}?${query}`;

export const addresses = {
  runs: "#/runs",
  runsAs: (wish: Wish) => withQuery("#/runs", queryOf(wish)),
  new: "#/new",
  data: "#/data",
  settings: "#/settings",
  help: "#/help",
  run: (id: string) => `#/runs/${id}`,
  runPart: (id: string, part: RunPart) =>
    part === runParts[0] ? `#/runs/${id}` : `#/runs/${id}?part=${part}`,
  exploreAny: "#/explore",
  explore: (id: string, look: ExploreLook = usualExploreLook) =>
    withQuery(`#/explore/${id}`, new URLSearchParams(wordsOfExploreLook(look)).toString()),
  export: "#/export",
  exportOf: (id: string) => `#/export/${id}`,
  compare: (ids: readonly string[], look: Look = usualLook) =>
    withQuery(
      "#/compare",
      // Ids need no escapes, and commas read better without.
      [
        ids.length === 0 ? "" : `runs=${ids.join(",")}`,
        new URLSearchParams(wordsOf(look)).toString(),
      ]
        .filter((words) => words !== "")
        .join("&"),
    ),
  newFrom: (id: string) => `#/new?from=${id}`,
  fork: (id: string, epoch: number) => `#/new?from=${id}&epoch=${epoch.toString()}`,
  newPart: (from: string | null, epoch: number | null, part: DesignPart) => {
    const query = new URLSearchParams({
      ...(from !== null && { from }),
      ...(epoch !== null && { epoch: epoch.toString() }),
      ...(part !== designParts[0] && { part }),
    }).toString();
    return withQuery("#/new", query);
  },
  group: (id: string) => `#/groups/${id}`,
} as const;
