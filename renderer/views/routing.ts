/** Which screen an address shows. Routes live in the fragment, so that a reload stays where it was. */

export type Route =
  | { screen: "runs" }
  | { screen: "new"; from: string | null }
  | { screen: "run"; id: string }
  | { screen: "data" }
  | { screen: "settings" }
  | { screen: "unknown" };

export function parseRoute(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?");
  const [first = "", id, ...rest] = path.split("/").filter((part) => part !== "");
  if (rest.length > 0) return { screen: "unknown" };
  if (first === "runs" && id !== undefined) return { screen: "run", id };
  if (id !== undefined) return { screen: "unknown" };
  if (first === "" || first === "runs") return { screen: "runs" };
  if (first === "new") return { screen: "new", from: new URLSearchParams(query).get("from") };
  if (first === "data" || first === "settings") return { screen: first };
  return { screen: "unknown" };
}

export const addresses = {
  runs: "#/runs",
  new: "#/new",
  data: "#/data",
  settings: "#/settings",
  run: (id: string) => `#/runs/${id}`,
  newFrom: (id: string) => `#/new?from=${id}`,
} as const;
