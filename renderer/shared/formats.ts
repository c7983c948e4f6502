/** Figures as people read them. Everything is English, whatever the system's language is. */
import type { ImageShape } from "../../main/spec/shape.ts";

/** `1,085`; a dash for what is not known yet. */
export const formatCount = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? "–"
    : Math.round(value).toLocaleString("en");

/** A loss or a score with two decimals; very small and very large ones by exponent. */
export function formatLoss(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 0.005 || size >= 10_000) ? value.toExponential(1) : value.toFixed(2);
  return text.replaceAll("-", "−").replace("e+", "e");
}

/** `1.5 · 10⁻⁷`; from a tenth on, as a loss. */
export function formatDifference(value: number): string {
  if (value === 0) return "0";
  if (!(Math.abs(value) < 0.1)) return formatLoss(value);
  const [digits = "", power = ""] = value.toExponential(1).split("e-");
  const raised = power.replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit)));
  return `${digits} · 10⁻${raised}`;
}

/** `42 s`, `6 min`, `1 h 12 min`, `3 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole.toString()} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes.toString()} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours.toString()} h ${(minutes % 60).toString()} min`;
  return `${Math.floor(hours / 24).toString()} d ${(hours % 24).toString()} h`;
}

/** `3.4 MB`, in powers of 1000. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes || 1) / 3)));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power] ?? ""}`;
}

/** `11:42`, `yesterday 11:42`, `3 Nov 11:42`, `3 Nov 2024`; both in milliseconds since 1970. */
export function formatWhen(at: number, now: number): string {
  const time = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = (milliseconds: number) => new Date(milliseconds).toDateString();
  if (day(at) === day(now)) return time;
  if (day(at) === day(now - 86_400_000)) return `yesterday ${time}`;
  const date = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? `${date} ${time}` : `${date} ${new Date(at).getFullYear().toString()}`;
}

/** `28×28 grey`, `64×64 colour`. */
export const formatImage = ({ height, width, channels }: ImageShape): string =>
  `${height.toString()}×${width.toString()} ${channels === 1 ? "grey" : "colour"}`;

/** `1 image`, `20,000 images`. */
export const formatAmount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${formatCount(count)} ${count === 1 ? singular : plural}`;
