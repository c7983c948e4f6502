/**
 * A client with one method a command, grouped by noun: `client.runs.start({…})`. Derived from the
 * list of commands, so it can neither lack one nor invent one.
 */
import { commands, type CommandName, type Payload, type Result } from "./commands.ts";
import type { Transport } from "./transport.ts";

type Noun<Name extends string> = Name extends `${infer First}.${string}` ? First : never;
type Verb<Name extends string, N extends string> = Name extends `${N}.${infer Rest}` ? Rest : never;

export type Client = {
  [N in Noun<CommandName>]: {
    [V in Verb<CommandName, N>]: `${N}.${V}` extends infer Name extends CommandName
      ? (payload: Payload<Name>) => Promise<Result<Name>>
      : never;
  };
} & Pick<Transport, "subscribe">;

export function createClient(transport: Transport): Client {
  const client: Record<string, unknown> = {
    subscribe: transport.subscribe.bind(transport),
  };
  for (const name of Object.keys(commands) as CommandName[]) {
    const [noun = "", verb = ""] = name.split(".");
    const group = (client[noun] ??= {}) as Record<string, unknown>;
    group[verb] = (payload: never) => transport.invoke(name, payload);
  }
  return client as Client;
}
