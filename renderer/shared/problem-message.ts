/** From anything thrown to the sentence that is shown. */
import { reportOf } from "../../main/spec/problem.ts";

export const problemMessage = (thrown: unknown): string => reportOf(thrown).message;
