/** Which screen an address shows. Routes live in the fragment, so that a reload stays where it was. */

import { parts as designParts, type Part as DesignPart } from "../design/places.ts";

/** What of a run is shown beside its charts; the first where none is asked for. */
export const runParts = ["images", "doctor", "quality", "again", "log"] as const;
export type RunPart = (typeof runParts)[number];

export type Route =
  | { screen: "runs" }
  | { screen: "new"; from: string | null; forkAfter: number | null; part: DesignPart }
  | { screen: "run"; id: string; part: RunPart }
  | { screen: "group"; id: string }
  | { screen: "compare"; ids: string[] }
  | { screen: "explore"; id: string | null }
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
  if (first === "explore") return { screen: "explore", id: id ?? null };
  if (first === "export") return { screen: "export", id: id ?? null };
  if (id !== undefined) return { screen: "unknown" };
  if (first === "" || first === "runs") return { screen: "runs" };
  if (first === "new") return newOf(query);
  if (first === "compare") return { screen: "compare", ids: idsOf(query) };
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

export const addresses = {
  runs: "#/runs",
  new: "#/new",
  data: "#/data",
  settings: "#/settings",
  help: "#/help",
  run: (id: string) => `#/runs/${id}`,
  runPart: (id: string, part: RunPart) =>
    part === runParts[0] ? `#/runs/${id}` : `#/runs/${id}?part=${part}`,
  exploreAny: "#/explore",
  explore: (id: string) => `#/explore/${id}`,
  export: "#/export",
  exportOf: (id: string) => `#/export/${id}`,
  compare: (ids: readonly string[]) =>
    ids.length === 0 ? "#/compare" : `#/compare?runs=${ids.join(",")}`,
  newFrom: (id: string) => `#/new?from=${id}`,
  fork: (id: string, epoch: number) => `#/new?from=${id}&epoch=${epoch.toString()}`,
  newPart: (from: string | null, epoch: number | null, part: DesignPart) => {
    const query = new URLSearchParams({
      ...(from !== null && { from }),
      ...(epoch !== null && { epoch: epoch.toString() }),
      ...(part !== designParts[0] && { part }),
    }).toString();
    return query === "" ? "#/new" : `#/new?${query}`;
  },
  group: (id: string) => `#/groups/${id}`,
} as const;
