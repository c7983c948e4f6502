/** How a download is getting on. */
import type { DownloadProgress } from "../contract/system.ts";
import type { Amount } from "./amount-progress.ts";
import { bytes as sizeText } from "./format.ts";

export const downloadFormat = "{bar} {percentage}%  {amount}  {what}";

export const downloadAmount = ({ bytes, total, file }: DownloadProgress): Amount => ({
  ...{ done: bytes, total, what: file },
  amount: `${sizeText(bytes)} of ${sizeText(total)}`,
});
