/** Text in the wire's form, which its readers refuse as a whole where it is not of that form. */
import { decode } from "../../main/contract/wire.ts";

export const unreadable = Symbol("unreadable");

export function decoded(input: Uint8Array): unknown {
  try {
    return decode(Buffer.from(input).toString());
  } catch {
    return unreadable;
  }
}
