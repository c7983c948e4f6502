/**
 * What the list of runs is asked for (search, filter, order), and how an address tells it: only what
 * differs from the usual, so that the plain address stays plain. Nonsense in an address is left out.
 */
import { runOrders, type RunOrder, type RunStatus } from "../../main/contract/runs.ts";
import { nameOfStatus, statusNamed } from "./states.ts";

export interface Wish {
  search: string;
  /** Null for all. */
  status: readonly RunStatus[] | null;
  /** A preset's id, null for own designs, undefined for all. */
  preset: string | null | undefined;
  order: RunOrder;
  descending: boolean;
  /** The bin instead of the history. */
  deleted: boolean;
}

export const everything: Wish = {
  search: "",
  status: null,
  preset: undefined,
  order: "started",
  descending: true,
  deleted: false,
};

/** Whether anything narrows what is asked for: families are then taken apart. */
export const isNarrowed = ({ search, status, preset }: Wish): boolean =>
  search.trim() !== "" || status !== null || preset !== undefined;

/** Whether the rows are roots, with their families below them. */
export const isByFamily = (wish: Wish): boolean => !wish.deleted && !isNarrowed(wish);

/** The name that stands for runs of own design, which have no preset. */
const own = "own";
const bin = "bin";

export function wishOf(query: URLSearchParams): Wish {
  const preset = query.get("preset");
  const status = query.get("status");
  return {
    search: (query.get("search") ?? "").slice(0, 200),
    status: statusNamed(status),
    preset: preset === null || preset.length > 64 ? undefined : preset === own ? null : preset,
    order: runOrders.find((order) => order === query.get("order")) ?? everything.order,
    descending: query.get("direction") !== "up",
    deleted: status === bin,
  };
}

export function queryOf({ search, status, preset, order, descending, deleted }: Wish): string {
  const state = deleted ? bin : nameOfStatus(status);
  return new URLSearchParams({
    ...(search.trim() !== "" && { search }),
    ...(state !== null && { status: state }),
    ...(preset !== undefined && { preset: preset ?? own }),
    ...(order !== everything.order && { order }),
    ...(!descending && { direction: "up" }),
  }).toString();
}
