/** Numbers and times as people read them. */

/** A loss or score: three decimals, more digits where these would hide it. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 10_000) ? value.toExponential(2) : value.toFixed(3);
}

export const count = (value: number): string => value.toLocaleString("en");

/** «1 image», «2 images». */
export const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** «9 s», «3 min 20 s», «1 h 05 min»; «?» when it cannot be told yet. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${padded(whole % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
}

const padded = (value: number): string => value.toString().padStart(2, "0");

export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, value)) / 10));
  return `${(value / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ""}`;
}

/** Local date and time to the minute. */
export function moment(milliseconds: number): string {
  const at = new Date(milliseconds);
  const date = `${at.getFullYear()}-${padded(at.getMonth() + 1)}-${padded(at.getDate())}`;
  return `${date} ${padded(at.getHours())}:${padded(at.getMinutes())}`;
}

/**
 * Names come from files, and those from strangers: nothing in a text may steer the terminal, or turn the
 * order of its letters.
 */
export const harmless = (text: string): string =>
  text.replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");

/** First letter large, for the start of a line. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
