/** Which group is meant by what was typed: its id, or the start of it that fits no other. */
import type { Client } from "../contract/client.ts";

/** Null for what is the name of no one group; it may be a run's. */
export async function groupOf(client: Client, typed: string): Promise<string | null> {
  if (!typed.startsWith("group")) return null;
  const { groups } = await client.groups.list({});
  const [first, ...others] = groups.filter(({ id }) => id.startsWith(typed));
  const exact = groups.find(({ id }) => id === typed);
  return (exact ?? (others.length === 0 ? first : undefined))?.id ?? null;
}
