/** A specification as text, and back: what stands wrong in it is told with its line or its field. */
import * as v from "valibot";
import { complaintOf } from "../../main/spec/complaint.ts";
import { documentSchema } from "../../main/spec/document.ts";
import type { Specification } from "../../main/spec/specification.ts";

/** Lists of numbers stay on one line; everything else is indented by two. */
export const textOf = (document: Specification): string =>
  JSON.stringify(document, null, 2).replaceAll(
    /\[\s+([-\d.,\se]+?)\s+\]/g,
    (_, numbers: string) => `[${numbers.split(/,\s*/).join(", ")}]`,
  );

/** The document, or why the text is none. Its shapes may still not follow. */
export function documentOf(
  text: string,
): { document: Specification; problem: null } | { document: null; problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { document: null, problem: `This is not JSON yet: ${reason}.` };
  }
  const parsed = v.safeParse(documentSchema, json);
  if (parsed.success) return { document: parsed.output, problem: null };
  return { document: null, problem: complaintOf(parsed.issues[0]) };
}
