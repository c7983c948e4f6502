/** The program's version, from the one place that states it. */
import packageDescription from "../../../package.json" with { type: "json" };

export const version: string = packageDescription.version;
