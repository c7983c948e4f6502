/** Which screen an address shows. Routes live in the fragment, so that a reload stays where it was. */

export type Route =
  | { screen: "runs" }
  | { screen: "new"; from: string | null; forkAfter: number | null }
  | { screen: "run"; id: string }
  | { screen: "group"; id: string }
  | { screen: "compare"; ids: string[] }
  | { screen: "explore"; id: string }
  | { screen: "export"; id: string | null }
  | { screen: "data" }
  | { screen: "settings" }
  | { screen: "unknown" };

export function parseRoute(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  const [first = "", id, ...rest] = path.split("/").filter((part) => part !== "");
  if (rest.length > 0) return { screen: "unknown" };
  if (first === "runs" && id !== undefined) return { screen: "run", id };
  if (first === "groups" && id !== undefined) return { screen: "group", id };
  if (first === "explore" && id !== undefined) return { screen: "explore", id };
  if (first === "export") return { screen: "export", id: id ?? null };
  if (id !== undefined) return { screen: "unknown" };
  if (first === "" || first === "runs") return { screen: "runs" };
  if (first === "new") return newOf(new URLSearchParams(query));
  if (first === "compare") return { screen: "compare", ids: idsOf(query) };
  if (first === "data" || first === "settings") return { screen: first };
  return { screen: "unknown" };
}

/** A run whose settings are the start; with an epoch, what is started is its fork. */
function newOf(query: URLSearchParams): Route {
  const epoch = query.get("epoch") ?? "";
  const forkAfter = /^[1-9]\d{0,6}$/.test(epoch) ? Number(epoch) : null;
  return { screen: "new", from: query.get("from"), forkAfter };
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
  export: "#/export",
  exportOf: (id: string) => `#/export/${id}`,
  compare: (ids: readonly string[]) =>
    ids.length === 0 ? "#/compare" : `#/compare?runs=${ids.join(",")}`,
  newFrom: (id: string) => `#/new?from=${id}`,
  fork: (id: string, epoch: number) => `#/new?from=${id}&epoch=${epoch.toString()}`,
  group: (id: string) => `#/groups/${id}`,
} as const;
