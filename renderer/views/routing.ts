/** Which screen an address shows. Routes live in the fragment, so that a reload stays where it was. */

export type Route =
  | { screen: "runs" }
  | { screen: "new"; from: string | null }
  | { screen: "run"; id: string }
  | { screen: "compare"; ids: string[] }
  | { screen: "explore"; id: string }
  | { screen: "data" }
  | { screen: "settings" }
  | { screen: "unknown" };

export function parseRoute(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  const [first = "", id, ...rest] = path.split("/").filter((part) => part !== "");
  if (rest.length > 0) return { screen: "unknown" };
  if (first === "runs" && id !== undefined) return { screen: "run", id };
  if (first === "explore" && id !== undefined) return { screen: "explore", id };
  if (id !== undefined) return { screen: "unknown" };
  if (first === "" || first === "runs") return { screen: "runs" };
  if (first === "new") return { screen: "new", from: new URLSearchParams(query).get("from") };
  if (first === "compare") return { screen: "compare", ids: idsOf(query) };
  if (first === "data" || first === "settings") return { screen: first };
  return { screen: "unknown" };
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
  run: (id: string) => `#/runs/${id}`,
  explore: (id: string) => `#/explore/${id}`,
  compare: (ids: readonly string[]) =>
    ids.length === 0 ? "#/compare" : `#/compare?runs=${ids.join(",")}`,
  newFrom: (id: string) => `#/new?from=${id}`,
} as const;
